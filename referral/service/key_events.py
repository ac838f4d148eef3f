"""What every member of staff must know of keys: that one was exchanged, or opened with the paper keys."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral import audit
from referral.models import AuditEvent

ACTS = (audit.Act.ESCROW_OPENED, audit.Act.KEY_ROTATED)


@dataclass(frozen=True)
class KeyEvent:
    """One such event, and whose key it was if the log tells it; `seq` is its number in the log."""

    seq: int
    at: dt.datetime
    act: audit.Act
    organisation_id: UUID | None


def key_events(session: Session, *, after: int) -> tuple[list[KeyEvent], int]:
    """Return the events behind an entry of the log, oldest first, and the log's last number.

    The caller remembers that number, so that the whole log is read only once.
    """
    last = session.scalar(select(AuditEvent.seq).order_by(AuditEvent.seq.desc()).limit(1)) or 0
    acts = [AuditEvent.body.contains(f'"act":"{act.value}"', autoescape=True) for act in ACTS]
    rows = session.scalars(
        select(AuditEvent).where(AuditEvent.seq > after, AuditEvent.seq <= last, or_(*acts)).order_by(AuditEvent.seq)
    )
    return [_event(row) for row in rows], last


def _event(row: AuditEvent) -> KeyEvent:
    entry = audit.entry_of(row)
    about = UUID(hex=entry.object_id) if entry.object_id else None
    return KeyEvent(row.seq, entry.at, entry.act, entry.organisation_id or about)
