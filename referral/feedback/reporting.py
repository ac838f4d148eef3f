"""A person's report that a number does not work."""

import datetime as dt
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.feedback.adding import add_once
from referral.feedback.person import Person
from referral.models import NumberReport

PAUSE_DAYS = 30  # for so long a chat reports the same number once, also after an editor has handled the report


def report_number(
    session: Session, *, person: Person, fact: str, language: str, intent: str | None, day: dt.date
) -> bool:
    """Note that a number did not work for a person; return False when they said so within 30 days, and change nothing.

    `intent` is the answer that showed the number, None for another message.
    """
    who = person.about(f"number {fact}")
    lately = select(NumberReport.day).where(
        NumberReport.who == who, NumberReport.day > day - dt.timedelta(days=PAUSE_DAYS)
    )
    if session.scalars(lately.limit(1)).first() is not None:
        return False
    return add_once(
        session,
        NumberReport,
        id=uuid4(),
        fact=fact,
        language=language,
        intent=intent,
        day=day,
        who=who,
        handled_day=None,
        handled_by=None,
    )
