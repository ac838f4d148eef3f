"""The audit log: who did what and when, reads included. Each entry holds the hash of the one before."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum, unique
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from referral.db import is_postgresql
from referral.models import AuditEvent

GENESIS = bytes(32)
LOCK = 0x6B6F7270  # one appender at a time on PostgreSQL; SQLite's transactions are one at a time anyway


@unique
class Act(StrEnum):
    """What can be done; the words are part of the log's format."""

    REFERRAL_OPENED = "referral_opened"
    CASE_READ = "case_read"
    CASE_CLAIMED = "case_claimed"
    REPLY_SENT = "reply_sent"
    MESSAGE_RECEIVED = "message_received"
    STATUS_CHANGED = "status_changed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CASE_ERASED = "case_erased"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    STAFF_ADDED = "staff_added"
    STAFF_DISABLED = "staff_disabled"
    STAFF_RECOVERED = "staff_recovered"
    KEY_ROTATED = "key_rotated"
    ESCROW_OPENED = "escrow_opened"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_OVERRIDDEN = "consent_overridden"
    CASE_ASSIGNED = "case_assigned"
    CASE_SHARED = "case_shared"
    SHARING_ANSWERED = "sharing_answered"
    SHARING_ENDED = "sharing_ended"
    CASE_MOVED = "case_moved"
    CASE_EXPORTED = "case_exported"
    NOTE_ADDED = "note_added"
    CONTACT_TRIED = "contact_tried"
    HOLD_PLACED = "hold_placed"
    HOLD_LIFTED = "hold_lifted"
    CHAT_LINKED = "chat_linked"
    SUMMARY_GIVEN = "summary_given"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    ON_CALL_SET = "on_call_set"
    STATISTICS_MADE = "statistics_made"


@dataclass(frozen=True)
class Entry:
    """One entry as it was written."""

    at: dt.datetime
    act: Act
    actor: str
    role: str
    object_id: str | None
    detail: str
    organisation_id: UUID | None


def append(
    session: Session,
    *,
    act: Act,
    actor: str,
    role: str,
    object_id: UUID | None = None,
    detail: str = "",
    organisation_id: UUID | None = None,
) -> None:
    """Write an entry in the caller's transaction; `detail` must hold no personal data.

    Its moment is a minute: seconds would let an observer of the network find out whose message it was.
    """
    session.flush()  # nothing else is written while the log is ours: who waits for it may hold what we would need
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    last = head(session)
    seq, previous = (1, GENESIS) if last is None else (last[0] + 1, last[1])
    subject = None if object_id is None else object_id.hex
    body = json.dumps(
        {
            "at": dt.datetime.now(tz=dt.UTC).isoformat(timespec="minutes"),
            "act": act.value,
            "actor": actor,
            "role": role,
            "object": subject,
            "detail": detail,
            "organisation": None if organisation_id is None else organisation_id.hex,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    session.add(AuditEvent(seq=seq, body=body, previous=previous, hash=_hash(seq, body, previous), object_id=subject))
    session.flush()


def head(session: Session) -> tuple[int, bytes] | None:
    """Return number and hash of the last entry, None while the log is empty.

    PostgreSQL has a function for it, because who may only append sees no entry of others.
    """
    if is_postgresql(session):
        row = session.execute(select(func.korpu_audit_head().table_valued("seq", "hash"))).first()
    else:
        row = session.execute(select(AuditEvent.seq, AuditEvent.hash).order_by(AuditEvent.seq.desc()).limit(1)).first()
    return None if row is None else (row.seq, bytes(row.hash))


def entries_about(session: Session, object_id: UUID) -> list[Entry]:
    """Return the entries about one object, oldest first."""
    rows = session.scalars(select(AuditEvent).where(AuditEvent.object_id == object_id.hex).order_by(AuditEvent.seq))
    return [entry_of(row) for row in rows]


def first_entry(session: Session, object_id: UUID) -> int:
    """Return the number of the first entry about an object, by which things of one day can be ordered; 0 if none."""
    return session.scalar(select(func.min(AuditEvent.seq)).where(AuditEvent.object_id == object_id.hex)) or 0


def verify(session: Session) -> list[str]:
    """Return what is wrong with the chain; nothing when it is whole.

    A log whose end was cut off looks whole to this check: compare its length with a checkpoint kept elsewhere.
    """
    problems, previous, expected = [], GENESIS, 1
    for row in session.scalars(select(AuditEvent).order_by(AuditEvent.seq)):
        if row.seq != expected:
            problems.append(f"Entry {expected} is missing.")
        if row.previous != previous:
            problems.append(f"Entry {row.seq} does not follow the one before it.")
        if row.hash != _hash(row.seq, row.body, row.previous):
            problems.append(f"Entry {row.seq} was changed.")
        elif json.loads(row.body)["object"] != row.object_id:
            problems.append(f"Entry {row.seq} was moved to another object.")
        previous, expected = row.hash, row.seq + 1
    return problems


def entry_of(row: AuditEvent) -> Entry:
    """Return what a row of the log says."""
    body = json.loads(row.body)
    return Entry(
        at=dt.datetime.fromisoformat(body["at"]),
        act=Act(body["act"]),
        actor=body["actor"],
        role=body["role"],
        object_id=body["object"],
        detail=body["detail"],
        organisation_id=UUID(hex=body["organisation"]) if body.get("organisation") else None,
    )


def _hash(seq: int, body: str, previous: bytes) -> bytes:
    return hashlib.blake2b(b"%d\x00" % seq + previous + body.encode(), digest_size=32, person=b"korpu-audit").digest()
