"""The form for a new edition of the statistics, and which quarters it offers."""

import datetime as dt
from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from referral.statistics import Period

OFFERED = 8  # two years back
MONTHS_OF_A_QUARTER = 3


class QuarterForm(FlaskForm):
    """A quarter to count."""

    quarter = SelectField(_("Quarter"), choices=[], validators=[InputRequired()])
    sure = BooleanField(_("I know that a quarter is counted once and never again."), validators=[InputRequired()])

    def offer(self, quarters: Iterable[Period]) -> None:
        """Let these be chosen."""
        shown = [(one.first, f"{one.quarters[0]} ({one.first} – {one.last})") for one in quarters]
        self.quarter.choices = [("", _("choose")), *shown]


def closed_quarters(today: dt.date, *, counted: Iterable[Period]) -> list[Period]:
    """Return the last quarters that are over and of which no month was counted, the newest first."""
    before = list(counted)
    start = dt.date(today.year, today.month - (today.month - 1) % MONTHS_OF_A_QUARTER, 1)
    found = []
    for _number in range(OFFERED):
        start = _three_months_before(start)
        found.append(period_of(f"{start:%Y-%m}"))
    return [one for one in found if not any(one.overlaps(other) for other in before)]


def period_of(first: str) -> Period:
    """Return the quarter that begins with a month."""
    year, month = first.split("-")
    return Period(first, f"{year}-{int(month) + MONTHS_OF_A_QUARTER - 1:02d}")


def _three_months_before(day: dt.date) -> dt.date:
    if day.month == 1:
        return dt.date(day.year - 1, 13 - MONTHS_OF_A_QUARTER, 1)
    return day.replace(month=day.month - MONTHS_OF_A_QUARTER)
