"""Who wrote when, from the audit log.

A person's messages carry Telegram's numbers and the staff's carry the next free one, so numbers of the two sides
cannot be compared: a message that comes right after two replies has a lower number than they have.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import Direction
from referral.models import AuditEvent
from referral.service.common import PERSON

WRITTEN = MappingProxyType(
    {
        audit.Act.MESSAGE_RECEIVED: Direction.FROM_PERSON,
        audit.Act.REPLY_SENT: Direction.FROM_STAFF,
        audit.Act.CONSENT_ASKED: Direction.FROM_STAFF,  # a question stands in the thread too
    }
)
ANSWERED = (audit.Act.CONSENT_GIVEN, audit.Act.CONSENT_REFUSED)
AT_ONCE = 500  # ids in one query: SQLite takes no more than 999 parameters in old versions


@dataclass(frozen=True)
class Written:
    """One message of a case: from whom, and the minute in which it came."""

    direction: Direction
    at: dt.datetime


def timeline(session: Session, *, case_id: UUID) -> tuple[Written, ...]:
    """Return when each message of a case was written, oldest first."""
    return tuple(
        Written(WRITTEN[entry.act], entry.at) for entry in audit.entries_about(session, case_id) if entry.act in WRITTEN
    )


def last_writers(session: Session, *, case_ids: Collection[UUID]) -> dict[UUID, Direction]:
    """Return from whom the newest message of each case is; a case without messages is left out."""
    found: dict[UUID, tuple[int, Direction]] = {}
    for act, direction in WRITTEN.items():
        for case_id, seq in _newest(session, act, case_ids).items():
            found[case_id] = max(found.get(case_id, (0, direction)), (seq, direction))
    return {case_id: direction for case_id, (_, direction) in found.items()}


def unread_answers(session: Session, *, case_ids: Collection[UUID]) -> set[UUID]:
    """Return the cases whose person has answered a question for consent since a member of staff last opened them."""
    opened = _newest(session, audit.Act.CASE_READ, case_ids)
    return {
        case_id
        for act in ANSWERED
        for case_id, seq in _newest(session, act, case_ids, by_person=True).items()
        if seq > opened.get(case_id, 0)
    }


def _newest(
    session: Session, act: audit.Act, case_ids: Collection[UUID], *, by_person: bool = False
) -> dict[UUID, int]:
    """Return the number of the newest entry of a kind about each case."""
    ids = [case_id.hex for case_id in case_ids]
    found: dict[UUID, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = session.execute(_newest_of(act, ids[start : start + AT_ONCE], by_person=by_person)).tuples()
        found |= {UUID(hex=case_hex): seq for case_hex, seq in rows}
    return found


def _newest_of(act: audit.Act, ids: list[str], *, by_person: bool) -> Select[tuple[str | None, int]]:
    """The log's entries are canonical JSON, so that an act can be found by its text."""
    wanted = [f'"act":"{act.value}"', *([f'"role":"{PERSON}"'] if by_person else [])]
    return (
        select(AuditEvent.object_id, func.max(AuditEvent.seq))
        .where(AuditEvent.object_id.in_(ids), *(AuditEvent.body.contains(text, autoescape=True) for text in wanted))
        .group_by(AuditEvent.object_id)
    )
