"""Whether an answer helped."""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from referral.feedback.adding import add_once
from referral.feedback.person import Person
from referral.models import ContentFeedback

UNKNOWN_VERSION = "unknown"


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as a person saw it: intent, language and the version of its text."""

    intent: str
    language: str
    version: str = UNKNOWN_VERSION


def note_feedback(session: Session, *, person: Person, answer: ShownAnswer, helpful: bool, day: dt.date) -> bool:
    """Note what a person said of an answer; return False when they said so before, and keep what they said first."""
    return add_once(
        session,
        ContentFeedback,
        id=uuid4(),
        intent=answer.intent,
        language=answer.language,
        version=answer.version,
        helpful=helpful,
        day=day,
        who=person.about(f"answer {answer.intent} {answer.language} {answer.version}"),
    )
