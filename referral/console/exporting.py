"""A case as a sealed file for a partner: nothing that can be read leaves the console."""

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.agreements import permissions
from referral.console.context import console
from referral.console.doing import CONFLICT, carry_out
from referral.console.guard import permitted
from referral.console.names import recipient_name
from referral.console.opened_case import open_case
from referral.console.sharing_forms import ExportForm, SealedForm
from referral.crypto.staff import new_passphrase
from referral.db import session_scope
from referral.htcds import ExportRefused, Target, seal_for_partner
from referral.permissions import May
from referral.recipients import Recipient
from referral.service.common import today
from referral.service.exporting import export
from referral.service.keyring import own_case

AGE = b"age-encryption.org/v1\n"  # how every sealed file begins
STANDARD_LANGUAGE = "en"  # of names within the files

pages = Blueprint("exporting", __name__)


@dataclass(frozen=True)
class Sealed:
    """A file for a partner and the passphrase that opens it; neither is kept here."""

    text: str
    passphrase: str


@pages.get("/case/<uuid:case_id>/export")
@permitted(May.EXPORT)
def choose(case_id: UUID) -> ResponseReturnValue:
    """Show for whom a file can be made, and what is lacking for the others."""
    return _page(case_id, ExportForm(formdata=None))


@pages.post("/case/<uuid:case_id>/export", endpoint="make")
@permitted(May.EXPORT)
def make(case_id: UUID) -> ResponseReturnValue:
    """Make the file; show its passphrase this once, and give the sealed file with the page."""
    form = ExportForm()
    made: list[Sealed] = []

    def deed(db: Session) -> str | None:
        own_case(db, signed_in=g.who, case_id=case_id)
        recipient = _recipient(form)
        if recipient is None:
            return str(_("Nothing was made: choose for whom, and what kind of file."))
        made.append(_sealed(db, case_id, recipient, Target(form.target.data)))
        return None

    try:
        refusal = carry_out(deed)
    except ExportRefused:
        refusal = str(_("Nothing was made: the case does not fit into this kind of file. Choose JSON."))
    if refusal is not None:
        flash(refusal, "refused")
        return _page(case_id, form), CONFLICT
    recipient = recipient_name(form.recipient.data)
    file = SealedForm(formdata=None, data={"sealed": made[0].text})
    return render_template("exported.html", case_id=case_id, who=recipient, passphrase=made[0].passphrase, file=file)


@pages.post("/case/<uuid:case_id>/export/file", endpoint="file")
@permitted(May.EXPORT)
def file(case_id: UUID) -> ResponseReturnValue:
    """Give back as a file what the page before held; only a sealed file is one."""
    with session_scope(console().engine) as db:
        own_case(db, signed_in=g.who, case_id=case_id)
    content = _unpacked(SealedForm().sealed.data)
    if content is None:
        flash(_("This is not a file that was made here. Make it anew."), "refused")
        return _page(case_id, ExportForm(formdata=None)), CONFLICT
    name = f"case-{case_id.hex[:8]}.zip.age"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/octet-stream", headers=headers)


def _sealed(db: Session, case_id: UUID, recipient: Recipient, target: Target) -> Sealed:
    files = export(
        db,
        signed_in=g.who,
        trust=console().trust,
        case_id=case_id,
        recipient=recipient,
        target=target,
        organisation_names=_names(),
    )
    passphrase = new_passphrase()
    return Sealed(base64.urlsafe_b64encode(seal_for_partner(files, passphrase)).decode(), passphrase)


def _names() -> dict[str, str]:
    """Return the name of every recipient that there can be, as the files name it."""
    listed = [Recipient(organisation_id=one.organisation_id) for one in console().public.manifest.organisations]
    providers = [Recipient(provider=one) for one in console().directory.providers]
    return {str(one): recipient_name(one, STANDARD_LANGUAGE) for one in (*listed, *providers)}


def _recipient(form: ExportForm) -> Recipient | None:
    """Return for whom the file is; whether they may have it, the service judges."""
    if not form.validate():
        return None
    try:
        return Recipient.from_text(form.recipient.data)
    except ValueError:
        return None


def _unpacked(text: str | None) -> bytes | None:
    try:
        content = base64.urlsafe_b64decode(text or "")
    except (binascii.Error, ValueError):
        return None
    return content if content.startswith(AGE) else None


def _page(case_id: UUID, form: ExportForm) -> str:
    with session_scope(console().engine) as db:
        own_case(db, signed_in=g.who, case_id=case_id)
        opened = open_case(db, case_id)
        found = permissions(db, opened.case, today=today(), shared_too=True)
    form.recipient.choices = [(str(one.recipient), recipient_name(one.recipient)) for one in found if not one.lacking]
    return render_template(
        "export.html",
        form=form,
        case_id=case_id,
        allowed={str(one.recipient): one for one in found if not one.lacking},
        lacking=[one for one in found if one.lacking],
        providers=console().directory.providers,
    )
