"""For supervisors: deadlines, who is on call, and who did what with a case."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.doing import CONFLICT
from referral.console.guard import permitted
from referral.console.work_forms import HoursForm
from referral.db import session_scope
from referral.enums import Urgency
from referral.permissions import May
from referral.service.access_log import access_log
from referral.service.deadlines import MOST_HOURS, hours_of, set_hours
from referral.service.on_call import on_call

pages = Blueprint("supervision", __name__)


@pages.get("/settings")
@permitted(May.SET_DEADLINES)
def settings() -> ResponseReturnValue:
    """Show the deadlines and who is on call."""
    return _page(None)


@pages.post("/settings/deadlines")
@permitted(May.SET_DEADLINES)
def deadlines() -> ResponseReturnValue:
    """Change within how many hours new cases must be answered."""
    form = HoursForm()
    if not form.validate():
        flash(_("Nothing was changed: each deadline is between 1 and %(most)d hours.", most=MOST_HOURS), "refused")
        return _page(form), CONFLICT
    if not form.danger.data <= form.concern.data <= form.normal.data:
        flash(_("Nothing was changed: what is more urgent cannot have more time."), "refused")
        return _page(form), CONFLICT
    hours = {urgency: form[urgency.value].data for urgency in Urgency}
    with session_scope(console().engine) as db:
        set_hours(db, signed_in=g.who, hours=hours)
    flash(_("The deadlines are changed. They count for cases that come from now on."))
    return redirect(url_for("supervision.settings"))


@pages.get("/case/<uuid:case_id>/log")
@permitted(May.READ_LOG)
def log(case_id: UUID) -> ResponseReturnValue:
    """Show who did what with a case."""
    with session_scope(console().engine) as db:
        lines = access_log(db, signed_in=g.who, case_id=case_id)
    return render_template(
        "log.html", case_id=case_id, lines=[(line, len(list(same))) for line, same in groupby(lines)]
    )


def _page(form: HoursForm | None) -> str:
    with session_scope(console().engine) as db:
        hours = hours_of(db, signed_in=g.who)
        people = on_call(db, signed_in=g.who)
    shown = form or HoursForm(formdata=None, data={urgency.value: hours[urgency] for urgency in Urgency})
    return render_template("settings.html", form=shown, people=people)
