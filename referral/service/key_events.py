"""What every member of staff must know of their organisation's key: that it was exchanged, or opened from escrow."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral import audit
from referral.models import AuditEvent
from referral.service.staff import SignedIn, act_for

ACTS = (audit.Act.ESCROW_OPENED, audit.Act.KEY_ROTATED)


@dataclass(frozen=True)
class KeyEvent:
    """One such event; `why` is the reason that the custodians gave."""

    at: dt.datetime
    act: audit.Act
    why: str


def key_events(session: Session, *, signed_in: SignedIn, since: dt.datetime) -> list[KeyEvent]:
    """Return what happened to the organisation's key since a moment, the newest first."""
    act_for(session, signed_in)
    acts = [AuditEvent.body.contains(f'"act":"{act.value}"', autoescape=True) for act in ACTS]
    rows = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.object_id == signed_in.organisation_id.hex, or_(*acts))
        .order_by(AuditEvent.seq.desc())
    )
    entries = [audit.entry_of(row) for row in rows]
    return [
        KeyEvent(entry.at, entry.act, entry.detail if entry.act is audit.Act.ESCROW_OPENED else "")
        for entry in entries
        if entry.at >= since
    ]
