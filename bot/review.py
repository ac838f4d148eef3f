"""When a text must be looked at again."""

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

REVIEW_MONTHS = {"high": 6, "medium": 12, "low": 18}  # by risk, after the day on which it was checked
SOON = dt.timedelta(days=30)


def review_by(entry: Mapping[str, Any]) -> dt.date:
    """Return the last day on which an answer counts as checked: its own `review_by`, or that of its risk."""
    if "review_by" in entry:
        return day(entry["review_by"])
    return months_after(day(entry["checked"]), REVIEW_MONTHS[entry["risk"]])


def today() -> dt.date:
    """Return the present day where this runs."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def months_after(start: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def day(value: object) -> dt.date:
    """Return a date of a YAML file, with or without quotes; raise `ValueError` when it is none."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
