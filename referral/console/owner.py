"""Who has a case, who can open it, and how long it is kept."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.case_page import case_page, colleagues_to_choose
from referral.console.context import console
from referral.console.doing import CONFLICT, carry_out
from referral.console.guard import permitted
from referral.console.labels import day
from referral.console.stale import refuse_agreement, refuse_owner
from referral.console.work_forms import AssignForm, EraseForm, HoldForm, RestrictForm
from referral.db import session_scope
from referral.enums import HoldReason
from referral.permissions import May
from referral.service.assigning import assign, colleagues, restrict
from referral.service.common import today
from referral.service.glance import glance
from referral.service.holds import MOST_DAYS, lift_hold, place_hold
from referral.service.staff_erasure import erase_for_person

pages = Blueprint("owner", __name__)


@pages.post("/case/<uuid:case_id>/assign")
@permitted(May.WORK)
def give(case_id: UUID) -> ResponseReturnValue:
    """Give a case to a colleague, unless somebody else has just done so."""
    form = AssignForm()
    names: dict[str, str] = {}

    def deed(db: Session) -> str | None:
        now = glance(db, signed_in=g.who, case_id=case_id)
        people = colleagues(db, signed_in=g.who)
        names.update({one.id.hex: one.login for one in people})
        form.to.choices = colleagues_to_choose(people, now)
        refusal = refuse_owner(form, now)
        if refusal is None and not form.validate():
            refusal = str(_("Nothing was changed: choose a colleague."))
        if refusal is None:
            assign(db, signed_in=g.who, trust=console().trust, case_id=case_id, to=UUID(hex=form.to.data))
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    flash(_("The case %(case)s is now with %(who)s. Tell them.", case=case_id.hex[:8], who=names[form.to.data]))
    return redirect(url_for("queue.queue"))


@pages.post("/case/<uuid:case_id>/restrict")
@permitted(May.WORK)
def keep_to_oneself(case_id: UUID) -> ResponseReturnValue:
    """Take the organisation's key of a case away, so that only its owner can open it."""
    form = RestrictForm()

    def deed(db: Session) -> str | None:
        refusal = refuse_owner(form, glance(db, signed_in=g.who, case_id=case_id))
        if refusal is None and not form.validate():
            refusal = str(_("Nothing was changed: tick the box if you mean it."))
        if refusal is None:
            restrict(db, signed_in=g.who, case_id=case_id)
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    flash(_("Only you can open this case now. You can still give it to a colleague."))
    return redirect(url_for("cases.case", case_id=case_id))


@pages.post("/case/<uuid:case_id>/erase")
@permitted(May.WORK)
def erase(case_id: UUID) -> ResponseReturnValue:
    """Erase a case for a person who asked for it without their code."""
    form = EraseForm()
    receipt: list[str] = []

    def deed(db: Session) -> str | None:
        refusal = refuse_agreement(form, glance(db, signed_in=g.who, case_id=case_id))
        if refusal is None and not form.validate():
            refusal = str(_("Nothing was changed: tick the box if you mean it."))
        if refusal is None:
            receipt.append(erase_for_person(db, signed_in=g.who, case_id=case_id))
        return refusal

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return case_page(case_id, refused=form), CONFLICT
    flash(
        _(
            "The case %(case)s cannot be opened by anybody any more, and is erased within minutes. Tell the person the "
            "number of the receipt: %(receipt)s.",
            case=case_id.hex[:8],
            receipt=receipt[0],
        )
    )
    return redirect(url_for("queue.queue"))


@pages.post("/case/<uuid:case_id>/hold")
@permitted(May.HOLD)
def hold(case_id: UUID) -> ResponseReturnValue:
    """Keep a case beyond its day."""
    form = HoldForm()
    if not form.validate() or not 0 < (form.until.data - today()).days <= MOST_DAYS:
        flash(
            _("Nothing was changed: choose a reason, and a day within the next %(most)d days.", most=MOST_DAYS),
            "refused",
        )
        return case_page(case_id, refused=form), CONFLICT
    with session_scope(console().engine) as db:
        reason = HoldReason(form.hold_reason.data)
        place_hold(db, signed_in=g.who, case_id=case_id, reason=reason, until_day=form.until.data)
    flash(_("The case is kept until %(day)s. The person sees that.", day=day(form.until.data)))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="state"))


@pages.post("/case/<uuid:case_id>/hold/<uuid:hold_id>/lift")
@permitted(May.HOLD)
def lift(case_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """End a hold."""
    with session_scope(console().engine) as db:
        lift_hold(db, signed_in=g.who, hold_id=hold_id)
    flash(_("The hold is lifted. The case is erased on its day again."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="state"))
