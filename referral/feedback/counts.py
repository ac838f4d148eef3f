"""How often each answer helped."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from referral.models import ContentFeedback


@dataclass(frozen=True)
class FeedbackCount:
    """What people said of one version of an answer in one language."""

    intent: str
    language: str
    version: str
    helped: int
    not_helped: int


def feedback_counts(session: Session) -> list[FeedbackCount]:
    """Return the counts of every version that somebody said something of, in the order of their names."""
    row = ContentFeedback
    named = (row.intent, row.language, row.version)
    helped, not_helped = func.sum(case((row.helpful, 1), else_=0)), func.sum(case((row.helpful, 0), else_=1))
    query = select(*named, helped, not_helped).group_by(*named).order_by(*named)
    return [FeedbackCount(*values) for values in session.execute(query).tuples()]
