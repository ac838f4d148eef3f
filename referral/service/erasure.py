"""Destroy a case: keys first, so that whatever else may linger cannot be opened."""

import datetime as dt
import hashlib
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral import audit
from referral.models import (
    CaseDeadline,
    CaseField,
    CaseHold,
    CaseKey,
    CaseMessage,
    CaseRecord,
    CaseReferral,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    OutboxRow,
    PullReplyRow,
    RouteRow,
    StaffNotice,
    Tombstone,
)
from referral.service.common import today

RECEIPT_DIGITS = 12
IN_ORDER = (
    CaseKey,
    OutboxRow,
    PullReplyRow,
    CaseReferral,
    ConsentRequest,
    LegalOverride,
    CaseMessage,
    CaseField,
    ConsentRecord,
    RouteRow,
    CaseHold,
    CaseDeadline,
    StaffNotice,
)


def destroy(session: Session, *, case_id: UUID, reason: str, actor: str, role: str, day: dt.date | None = None) -> str:
    """Delete everything of a case but a tombstone; return the number of the deletion's receipt.

    `day` is when it was erased first, for one that an old copy brought back. The caller empties the write-ahead log
    after the commit.
    """
    lock_cases(session, [case_id])
    for model in IN_ORDER:
        session.execute(delete(model).where(model.case_id == case_id))
    session.execute(delete(CaseRecord).where(CaseRecord.case_id == case_id))
    grave = tombstone_hash(case_id)
    session.merge(Tombstone(case_hash=grave, erased_day=day or today(), reason=reason))
    audit.append(session, act=audit.Act.CASE_ERASED, actor=actor, role=role, object_id=case_id, detail=reason)
    return receipt_number(grave)


def lock_cases(session: Session, case_ids: Collection[UUID]) -> None:
    """Let nobody add anything to cases until this transaction ends; on SQLite that is so anyway."""
    query = select(CaseRecord.case_id).where(CaseRecord.case_id.in_(case_ids)).order_by(CaseRecord.case_id)
    session.execute(query.with_for_update())


def tombstone_hash(case_id: UUID) -> bytes:
    """Return what remains of a case's number."""
    return hashlib.blake2b(case_id.bytes, digest_size=32, person=b"korpu-grave").digest()


def receipt_number(grave: bytes) -> str:
    """Return the number of a deletion's receipt: it proves nothing of the case, only that this one is gone."""
    digits = f"{int.from_bytes(grave[:7], 'big') % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"
    return " ".join(digits[place : place + 4] for place in range(0, RECEIPT_DIGITS, 4))


def find_receipt(session: Session, number: str) -> Tombstone | None:
    """Return what a receipt stands for, None when there is no such deletion."""
    wanted = "".join(character for character in number if character.isdecimal())
    for row in session.scalars(select(Tombstone)):
        if receipt_number(row.case_hash).replace(" ", "") == wanted:
            return row
    return None
