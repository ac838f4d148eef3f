"""Questions without an answer: sealed when they come, opened by the console alone."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.enums import GapKind
from referral.errors import SealBroken
from referral.feedback.person import Person
from referral.models import ContentGap
from referral.permissions import May, require
from referral.service.staff import SignedIn


@dataclass(frozen=True)
class NewGap:
    """A question without an answer. The text must be without names, numbers and links already; `repr` leaves it out.

    `intent` is the answer that did not help, None when there was none.
    """

    language: str
    kind: GapKind
    text: str
    intent: str | None = None

    def __repr__(self) -> str:
        return f"NewGap({self.language}, {self.kind})"


@dataclass(frozen=True)
class Gap:
    """A question as the console opens it; `text` is None when this key does not open it. `repr` leaves it out.

    `who` is the same for all questions of one chat in one calendar month, and only for those: long enough to tell that
    three questions come from three people, too short to follow somebody.
    """

    id: UUID
    language: str
    kind: GapKind
    text: str | None
    day: dt.date
    who: bytes
    intent: str | None

    def __repr__(self) -> str:
        return f"Gap({self.id})"


def store_gap(session: Session, *, person: Person, gap: NewGap, content_key: bytes, day: dt.date) -> UUID:
    """Seal a question to the public content key and store it; return its number. Nobody here can open it again."""
    row = ContentGap(
        id=uuid4(),
        language=gap.language,
        kind=gap.kind,
        sealed=seal_bytes(content_key, gap.text.encode()),
        day=day,
        who=person.about(f"gap {day:%Y-%m}"),
        intent=gap.intent,
    )
    session.add(row)
    return row.id


def open_gaps(session: Session, *, private_key: bytes) -> list[Gap]:
    """Open every stored question with the private content key, newest first."""
    rows = session.scalars(select(ContentGap).order_by(ContentGap.day.desc(), ContentGap.id))
    return [
        Gap(row.id, row.language, row.kind, _opened(private_key, row.sealed), row.day, row.who, row.intent)
        for row in rows
    ]


def drop_gaps(session: Session, *, ids: Collection[UUID], staff: SignedIn) -> int:
    """Delete questions that are settled; return how many. Raise `NotPermitted` for who may not edit content."""
    require(staff.role, May.EDIT_CONTENT)
    done = session.execute(delete(ContentGap).where(ContentGap.id.in_(ids)))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _opened(private_key: bytes, sealed: Sealed) -> str | None:
    """Return the text; None when it was sealed to a former key, or by somebody who did not know how."""
    try:
        return open_bytes(private_key, sealed).decode()
    except (SealBroken, UnicodeDecodeError):
        return None
