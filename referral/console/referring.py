"""Refer or transfer a case, note what came of it, take it back; and answer what others refer to us."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.agreements import Permission, permissions
from referral.console.case_page import case_page
from referral.console.context import console
from referral.console.doing import CONFLICT, carry_out
from referral.console.guard import permitted
from referral.console.labels import word
from referral.console.names import recipient_name
from referral.console.opened_case import open_case
from referral.console.sharing_forms import AnswerForm, ReferForm, RevokeForm
from referral.console.stale import agreements_seen, refuse_agreement, somebody_else
from referral.db import session_scope
from referral.enums import SharingKind, SharingStatus
from referral.errors import CaseNotFound
from referral.lifecycle import BY_RECIPIENT
from referral.models import CaseReferral
from referral.permissions import May
from referral.recipients import Recipient
from referral.service.common import today
from referral.service.keyring import own_case
from referral.service.sharing import Shared, answer_sharing, note_provider_answer, revoke_sharing, share

pages = Blueprint("referring", __name__)


@pages.get("/case/<uuid:case_id>/refer")
@permitted(May.SHARE)
def refer(case_id: UUID) -> ResponseReturnValue:
    """Show to whom the case can be referred, and what is lacking for the others."""
    return _page(case_id, ReferForm(formdata=None))


@pages.post("/case/<uuid:case_id>/refer", endpoint="send")
@permitted(May.SHARE)
def send(case_id: UUID) -> ResponseReturnValue:
    """Refer or transfer the case to whom it may go."""
    form = ReferForm()

    def deed(db: Session) -> str | None:
        own_case(db, signed_in=g.who, case_id=case_id)
        opened = open_case(db, case_id)
        found = permissions(db, opened.case, today=today())
        _offer(form, found)
        if not form.validate():
            return str(_("Nothing was done: choose to whom, and whether the case stays with you or moves."))
        refusal = refuse_agreement(form, opened.now) or _refuse_move(form, found)
        if refusal is None:
            recipient, kind = Recipient.from_text(form.recipient.data), SharingKind(form.kind.data)
            shared = Shared(recipient=recipient, kind=kind, note=form.text.data or "")
            share(db, signed_in=g.who, trust=console().trust, case_id=case_id, shared=shared)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return _page(case_id, form), CONFLICT
    flash(_told(Recipient.from_text(form.recipient.data), SharingKind(form.kind.data)))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="sharing"))


@pages.post("/case/<uuid:case_id>/sharing/<uuid:sharing_id>/answer")
@permitted(May.ANSWER_SHARING)
def answer(case_id: UUID, sharing_id: UUID) -> ResponseReturnValue:
    """Accept, reject or finish what another organisation has referred to us."""
    form = AnswerForm()
    moved: list[bool] = []

    def deed(db: Session) -> str | None:
        refusal = _refuse_answer(form, _shared(db, case_id, sharing_id))
        if refusal is None:
            to, text = SharingStatus(form.to.data), form.text.data or ""
            row = answer_sharing(db, signed_in=g.who, sharing_id=sharing_id, to=to, answer=text)
            moved.append(row.kind is SharingKind.TRANSFER)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    if form.to.data != SharingStatus.ACCEPTED:
        flash(_("Answered: %(state)s. You cannot open this case any more.", state=word(form.to.data, "sharing")))
        return redirect(url_for("queue.queue", tab="shared"))
    if moved[0]:
        flash(_("Accepted: the case is yours now. The organisation that had it cannot open it any more."))
    else:
        flash(_("Accepted. The case stays with the organisation that referred it, and open to you until you finish."))
    return redirect(url_for("cases.case", case_id=case_id))


@pages.post("/case/<uuid:case_id>/sharing/<uuid:sharing_id>/note-answer")
@permitted(May.SHARE)
def note_answer(case_id: UUID, sharing_id: UUID) -> ResponseReturnValue:
    """Note what a provider outside this system answered."""
    form = AnswerForm()

    def deed(db: Session) -> str | None:
        refusal = _refuse_answer(form, _shared(db, case_id, sharing_id))
        if refusal is None:
            to, text = SharingStatus(form.to.data), form.text.data or ""
            note_provider_answer(db, signed_in=g.who, sharing_id=sharing_id, to=to, answer=text)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    flash(_("The answer is noted: %(state)s.", state=word(form.to.data, "sharing")))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="sharing"))


@pages.post("/case/<uuid:case_id>/sharing/<uuid:sharing_id>/revoke")
@permitted(May.SHARE)
def revoke(case_id: UUID, sharing_id: UUID) -> ResponseReturnValue:
    """Take a referral back."""
    form = RevokeForm()

    def deed(db: Session) -> str | None:
        if form.seen.data != _shared(db, case_id, sharing_id).status.value:
            return somebody_else()
        revoke_sharing(db, signed_in=g.who, sharing_id=sharing_id)
        return None

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id), CONFLICT
    flash(_("The referral is taken back. What they have read, they have read."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="sharing"))


def _page(case_id: UUID, form: ReferForm) -> str:
    with session_scope(console().engine) as db:
        own_case(db, signed_in=g.who, case_id=case_id)
        opened = open_case(db, case_id)
        found = permissions(db, opened.case, today=today())
    form.seen.data = agreements_seen(opened.now)
    _offer(form, found)
    return render_template(
        "refer.html",
        form=form,
        opened=opened,
        allowed={str(one.recipient): one for one in found if not one.lacking},
        lacking=[one for one in found if one.lacking],
        providers=console().directory.providers,
    )


def _offer(form: ReferForm, found: list[Permission]) -> None:
    """Offer those only to whom the case may go."""
    form.recipient.choices = [(str(one.recipient), recipient_name(one.recipient)) for one in found if not one.lacking]
    form.kind.choices = [
        (SharingKind.REFERRAL.value, _("Referral: the case stays with us.")),
        (SharingKind.TRANSFER.value, _("Transfer: the case moves to them, and we cannot open it any more.")),
    ]


def _refuse_move(form: ReferForm, found: list[Permission]) -> str | None:
    """Return why a case does not move: its new owner would see all of it, also what the person withholds."""
    chosen = next((one for one in found if str(one.recipient) == form.recipient.data), None)
    if form.kind.data != SharingKind.TRANSFER or chosen is None or chosen.whole:
        return None
    return str(
        _(
            "Nothing was done: a transfer moves the whole case, and the person withholds something from them. Refer "
            "it, or ask for everything."
        )
    )


def _shared(db: Session, case_id: UUID, sharing_id: UUID) -> CaseReferral:
    """Return a referral of a case; raise `CaseNotFound`. Whose it is, the service asks."""
    row = db.get(CaseReferral, sharing_id)
    if row is None or row.case_id != case_id:
        raise CaseNotFound("There is no such referral.")
    return row


def _refuse_answer(form: AnswerForm, row: CaseReferral) -> str | None:
    """Return why an answer is not taken, None when it can be."""
    steps = BY_RECIPIENT.get(row.status, frozenset())
    form.to.choices = [(to.value, to.value) for to in SharingStatus if to in steps]
    if form.seen.data != row.status.value:
        return somebody_else()
    if not form.validate():
        return str(_("Nothing was changed: choose an answer."))
    if form.to.data == SharingStatus.REJECTED and not (form.text.data or "").strip():
        return str(_("Nothing was changed: a rejection needs a reason."))
    return None


def _told(recipient: Recipient, kind: SharingKind) -> str:
    who = recipient_name(recipient)
    if recipient.provider is not None:
        return str(
            _("The referral to %(who)s is noted. Pass on what was agreed to yourself: they have no access.", who=who)
        )
    if kind is SharingKind.TRANSFER:
        return str(_("The transfer to %(who)s is on its way. The case is yours until they accept it.", who=who))
    return str(_("The case is referred to %(who)s. They can read what was agreed to, from now on.", who=who))
