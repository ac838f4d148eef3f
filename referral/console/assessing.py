"""The assessment of a case, by the data standard's fields."""

import json
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.assessment_boxes import Box, checked, sections, values_of, values_sent
from referral.console.context import console
from referral.console.doing import CONFLICT, carry_out
from referral.console.guard import permitted
from referral.console.opened_case import Opened, open_case
from referral.console.reasons import translated
from referral.console.stale import somebody_else
from referral.db import session_scope
from referral.htcds import AssessmentRefused, Fault, Section, load_table
from referral.permissions import May
from referral.service.exporting import assessment_of
from referral.service.keyring import own_case
from referral.service.notes import ASSESSMENT, set_assessment

pages = Blueprint("assessing", __name__)


@pages.get("/case/<uuid:case_id>/assessment")
@permitted(May.WORK)
def assessment(case_id: UUID) -> ResponseReturnValue:
    """Show the assessment: its form to the owner of the case, what was agreed to to the others."""
    with session_scope(console().engine) as db:
        opened = open_case(db, case_id)
    return _page(opened, sections(values_of(assessment_of(opened.case))))


@pages.post("/case/<uuid:case_id>/assessment", endpoint="store")
@permitted(May.WORK)
def store(case_id: UUID) -> ResponseReturnValue:
    """Store an assessment, unless something is wrong in it or a colleague has stored another one meanwhile."""
    sent = values_sent(request.form)
    faults: list[Fault] = []
    found: list[Opened] = []

    def deed(db: Session) -> str | None:
        own_case(db, signed_in=g.who, case_id=case_id, lock=True)
        opened = open_case(db, case_id)
        found.append(opened)
        stored = assessment_of(opened.case)
        if request.form.get("seen") != _seen(opened):
            return somebody_else()
        try:
            new = checked(sent, stored=stored)
        except AssessmentRefused as error:
            faults.extend(error.faults)
            return str(_("Nothing was stored: look at the fields that are marked."))
        if new == stored:
            return str(_("Nothing was stored: this is what is stored already."))
        text = json.dumps(new, ensure_ascii=False)
        set_assessment(db, signed_in=g.who, case_id=case_id, assessment=text)
        return None

    refusal = carry_out(deed)
    if refusal is not None:
        flash(refusal, "refused")
        return _refused(found[0], sent, faults), CONFLICT
    flash(_("The assessment is stored. Earlier ones stay in the case."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="notes"))


@pages.app_template_filter("fault")
def told(fault: Fault) -> str:
    """Return what is wrong in a field and what to do about it."""
    return f"{translated(fault.wrong)} {translated(fault.remedy)}"


def _refused(opened: Opened, sent: dict[str, tuple[str, ...]], faults: list[Fault]) -> str:
    late = request.form.get("seen") != _seen(opened)
    meanwhile = values_of(assessment_of(opened.case)) if late else None
    return _page(opened, sections(sent, faults=faults, meanwhile=meanwhile))


def _seen(opened: Opened) -> str:
    """Return which assessment its writer had before them: each one has a number."""
    return str(sum(value.field == ASSESSMENT for value in opened.case.values))


def _page(opened: Opened, boxes: dict[Section, list[Box]]) -> str:
    return render_template(
        "assessment.html",
        opened=opened,
        ours=opened.now.organisation_id == g.who.organisation_id,
        boxes=boxes,
        titles=load_table().titles,
        seen=_seen(opened),
    )
