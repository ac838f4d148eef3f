"""The case page: read, reply, change the state."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from referral.console.case_view import CaseView, arrange
from referral.console.context import console
from referral.console.forms import ReplyForm, StatusForm
from referral.console.guard import signed_in_only
from referral.console.labels import word
from referral.console.safe_time import baku_now
from referral.console.stale import Before, refuse_reply, refuse_step, steps_from
from referral.db import session_scope
from referral.enums import ReferralStatus
from referral.lifecycle import OPEN
from referral.service.casework import OpenCase, change_status, read_case, reply
from referral.service.glance import Glance, glance
from referral.service.timeline import timeline

pages = Blueprint("cases", __name__)
CONFLICT = 409


@pages.get("/case/<uuid:case_id>")
@signed_in_only
def case(case_id: UUID) -> ResponseReturnValue:
    """Show a case; the reading is written into the log first."""
    return _case_page(case_id)


@pages.post("/case/<uuid:case_id>/reply")
@signed_in_only
def answer(case_id: UUID) -> ResponseReturnValue:
    """Send a reply on its way, unless something has happened since the writer looked."""
    form, home = ReplyForm(), console()
    with session_scope(home.engine) as db:
        now = glance(db, signed_in=g.who, case_id=case_id)
        refusal = refuse_reply(form, now, at=baku_now())
        if refusal is None:
            relay = home.public.relay_public_key
            reply(db, signed_in=g.who, case_id=case_id, text=form.text.data, relay_public_key=relay)
    if refusal is not None:
        flash(refusal, "refused")
        return _case_page(case_id, written=form), CONFLICT
    flash(_("Your reply is stored. Below it you see how far it has come."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="reply"))


@pages.post("/case/<uuid:case_id>/status")
@signed_in_only
def status(case_id: UUID) -> ResponseReturnValue:
    """Move a case along, unless somebody else has moved it."""
    form = StatusForm()
    with session_scope(console().engine) as db:
        now = glance(db, signed_in=g.who, case_id=case_id)
        refusal = refuse_step(form, now)
        if refusal is None:
            to, reason = ReferralStatus(form.to.data), form.reason.data or ""
            change_status(db, signed_in=g.who, case_id=case_id, to=to, reason=reason, seen=now.status)
    if refusal is not None:
        flash(refusal, "refused")
        return _case_page(case_id, step=form), CONFLICT
    flash(_("The case is now: %(state)s.", state=word(form.to.data, "status")))
    return redirect(url_for("cases.case", case_id=case_id))


def _case_page(case_id: UUID, *, written: ReplyForm | None = None, step: StatusForm | None = None) -> str:
    home = console()
    with session_scope(home.engine) as db:
        now = glance(db, signed_in=g.who, case_id=case_id)
        if now.status is ReferralStatus.REVOKED:
            return render_template("withdrawn.html", now=now)
        opened = read_case(db, signed_in=g.who, case_id=case_id, trust=home.trust)
        view = arrange(opened, timeline=timeline(db, case_id=case_id))
    return _render(now, opened, view, written, step)


def _render(now: Glance, opened: OpenCase, view: CaseView, written: ReplyForm | None, step: StatusForm | None) -> str:
    clock = baku_now()
    outside = view.outside_safe_time(push=opened.push, now=clock)
    form, steps = written or ReplyForm(), step or StatusForm()
    safe_time = view.choices.get("safe_time", "") if opened.push else ""
    form.seen.data = Before(messages=now.messages, safe_time=safe_time, warned=outside).as_text()
    steps.seen.data = now.status.value
    steps.to.choices = [("", _("choose"))] + [(to.value, word(to, "status")) for to in steps_from(now.status)]
    return render_template(
        "case.html",
        now=now,
        case=opened,
        view=view,
        form=form,
        steps=steps,
        clock=clock,
        outside=outside,
        can_claim=now.status is ReferralStatus.NEW,
        can_reply=now.status in OPEN and now.status is not ReferralStatus.NEW,
    )
