"""The case: read, reply, change the state."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.case_page import case_page
from referral.console.context import console
from referral.console.delivery import after
from referral.console.doing import CONFLICT, carry_out
from referral.console.forms import ReplyForm, StatusForm, chosen_window
from referral.console.guard import permitted
from referral.console.labels import word
from referral.console.safe_time import baku_now
from referral.console.stale import Before, refuse_reply, refuse_step
from referral.enums import ReferralStatus
from referral.permissions import May
from referral.service.casework import change_status, reply
from referral.service.glance import glance

pages = Blueprint("cases", __name__)


@pages.get("/case/<uuid:case_id>")
@permitted(May.WORK)
def case(case_id: UUID) -> ResponseReturnValue:
    """Show a case; the reading is written into the log first."""
    return case_page(case_id)


@pages.post("/case/<uuid:case_id>/reply")
@permitted(May.WORK)
def answer(case_id: UUID) -> ResponseReturnValue:
    """Send a reply on its way, unless something has happened since the writer looked."""
    form = ReplyForm()
    window = chosen_window(form.window.data)

    def deed(db: Session) -> str | None:
        refusal = refuse_reply(form, glance(db, signed_in=g.who, case_id=case_id))
        if refusal is None:
            relay = console().public.relay_public_key
            reply(db, signed_in=g.who, case_id=case_id, text=form.text.data, relay_public_key=relay, window=window)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    seen = Before.from_text(form.seen.data)
    told = [_("Your reply is stored. Below it you see how far it has come.")]
    if seen is not None:
        told.append(after(seen.way, window, now=baku_now()))
    flash(" ".join(told))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="reply"))


@pages.post("/case/<uuid:case_id>/status")
@permitted(May.WORK)
def status(case_id: UUID) -> ResponseReturnValue:
    """Move a case along, unless somebody else has moved it."""
    form = StatusForm()

    def deed(db: Session) -> str | None:
        now = glance(db, signed_in=g.who, case_id=case_id)
        refusal = refuse_step(form, now)
        if refusal is None:
            to, reason = ReferralStatus(form.to.data), form.reason.data or ""
            change_status(db, signed_in=g.who, case_id=case_id, to=to, reason=reason, seen=now.status)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    flash(_("The case is now: %(state)s.", state=word(form.to.data, "status")))
    return redirect(url_for("cases.case", case_id=case_id))
