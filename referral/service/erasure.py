"""Destroy a case: keys first, so that whatever else may linger cannot be opened."""

import hashlib
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from referral import audit
from referral.models import (
    CaseField,
    CaseKey,
    CaseMessage,
    CaseRecord,
    ConsentRecord,
    OutboxRow,
    PullReplyRow,
    RouteRow,
    StaffNotice,
    Tombstone,
)
from referral.service.common import today

IN_ORDER = (CaseKey, OutboxRow, PullReplyRow, CaseMessage, CaseField, ConsentRecord, RouteRow, StaffNotice)


def destroy(session: Session, case: CaseRecord, *, reason: str, actor: str, role: str) -> None:
    """Delete everything of a case but a tombstone; the caller empties the write-ahead log after the commit."""
    case_id = case.case_id
    for model in IN_ORDER:
        session.execute(delete(model).where(model.case_id == case_id))
    session.delete(case)
    session.merge(Tombstone(case_hash=tombstone_hash(case_id), erased_day=today(), reason=reason))
    audit.append(session, act=audit.Act.CASE_ERASED, actor=actor, role=role, object_id=case_id, detail=reason)


def tombstone_hash(case_id: UUID) -> bytes:
    """Return what remains of a case's number."""
    return hashlib.blake2b(case_id.bytes, digest_size=32, person=b"korpu-grave").digest()
