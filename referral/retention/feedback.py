"""What readers said of the answers goes when it is of no more use."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from referral.models import ContentFeedback, ContentGap, NumberReport

# A year can be compared with the year before it, and five weeks are left to do it.
FEEDBACK_DAYS = 400
# As long after somebody has handled it. An open report stays: only an editor ends the caution below the answers.
REPORT_DAYS = 400
# A question is somebody's words, although without names: an editor has a quarter of a year to read it.
GAP_DAYS = 90


def purge_feedback(session: Session, *, day: dt.date, dry_run: bool) -> int:
    """Delete what is too old on a day; return how many rows that is, or, in a dry run, would be."""
    due = {model: session.scalar(select(func.count(model.id)).where(old)) or 0 for model, old in _old(day)}
    if not dry_run:
        for model, old in _old(day):
            session.execute(delete(model).where(old))
    return sum(due.values())


def _old(day: dt.date) -> Iterator[tuple[type[ContentFeedback | NumberReport | ContentGap], ColumnElement[bool]]]:
    yield ContentFeedback, ContentFeedback.day < day - dt.timedelta(days=FEEDBACK_DAYS)
    yield NumberReport, NumberReport.handled_day < day - dt.timedelta(days=REPORT_DAYS)
    yield ContentGap, ContentGap.day < day - dt.timedelta(days=GAP_DAYS)
