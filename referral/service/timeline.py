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

WRITTEN = MappingProxyType(
    {audit.Act.MESSAGE_RECEIVED: Direction.FROM_PERSON, audit.Act.REPLY_SENT: Direction.FROM_STAFF}
)
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
    ids = [case_id.hex for case_id in case_ids]
    for act, direction in WRITTEN.items():
        for start in range(0, len(ids), AT_ONCE):
            for case_hex, seq in session.execute(_newest(act, ids[start : start + AT_ONCE])).tuples():
                case_id = UUID(hex=case_hex)
                found[case_id] = max(found.get(case_id, (0, direction)), (seq, direction))
    return {case_id: direction for case_id, (_, direction) in found.items()}


def _newest(act: audit.Act, ids: list[str]) -> Select[tuple[str | None, int]]:
    """The log's entries are canonical JSON, so that an act can be found by its text."""
    return (
        select(AuditEvent.object_id, func.max(AuditEvent.seq))
        .where(AuditEvent.object_id.in_(ids), AuditEvent.body.contains(f'"act":"{act.value}"', autoescape=True))
        .group_by(AuditEvent.object_id)
    )
