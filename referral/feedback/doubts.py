"""Numbers that are doubted: the answers that show them say so until an editor has looked."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.models import NumberReport

DOUBTED_FROM = 3  # persons; one alone may have dialled wrongly, and a caution too many teaches people to read over it


def doubted_facts(session: Session) -> dict[str, int]:
    """Return the facts that at least three people have reported since an editor settled them last, and how many."""
    persons = func.count(NumberReport.who.distinct())
    query = (
        select(NumberReport.fact, persons)
        .where(NumberReport.handled_day.is_(None))
        .group_by(NumberReport.fact)
        .having(persons >= DOUBTED_FROM)
    )
    return dict(session.execute(query).tuples().all())
