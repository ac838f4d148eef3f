"""What readers said of the answers goes when it is of no more use."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from referral.feedback.reporting import PAUSE_DAYS
from referral.models import ContentFeedback, ContentGap, NumberReport

# For so long a person counts once. After it nobody needs to know any more that two marks are of one person, and who has
# the gateway's key and a copy of the database can no longer find out by trying whose they are.
PERSON_DAYS = PAUSE_DAYS
# A year can be compared with the year before it, and five weeks are left to do it.
FEEDBACK_DAYS = 400
# As long after somebody has handled it. An open report stays: only an editor ends the caution below the answers.
REPORT_DAYS = 400
# A question is somebody's words, although without names: an editor has a quarter of a year to read it.
GAP_DAYS = 90


def purge_feedback(session: Session, *, day: dt.date, dry_run: bool) -> int:
    """Delete what is too old on a day, and forget who said the rest of a month ago.

    Return how many rows are deleted, or, in a dry run, would be.
    """
    due = {model: session.scalar(select(func.count(model.id)).where(old)) or 0 for model, old in _old(day)}
    if not dry_run:
        for model, old in _old(day):
            session.execute(delete(model).where(old))
        _forget_persons(session, day - dt.timedelta(days=PERSON_DAYS))
    return sum(due.values())


def _forget_persons(session: Session, before: dt.date) -> None:
    """Forget who pressed a button; of a report only when it is handled, because three people make a doubt."""
    feedback, report = ContentFeedback, NumberReport
    session.execute(update(feedback).where(feedback.day <= before, feedback.who.is_not(None)).values(who=None))
    handled = (report.day <= before, report.handled_day.is_not(None), report.who.is_not(None))
    session.execute(update(report).where(*handled).values(who=None))


def _old(day: dt.date) -> Iterator[tuple[type[ContentFeedback | NumberReport | ContentGap], ColumnElement[bool]]]:
    yield ContentFeedback, ContentFeedback.day < day - dt.timedelta(days=FEEDBACK_DAYS)
    yield NumberReport, NumberReport.handled_day < day - dt.timedelta(days=REPORT_DAYS)
    yield ContentGap, ContentGap.day < day - dt.timedelta(days=GAP_DAYS)
