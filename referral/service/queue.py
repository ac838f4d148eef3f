"""The queue: index records opened in memory, ordered by urgency and age."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from referral.crypto.records import RecordContext, open_record
from referral.crypto.sealed import Sealed
from referral.enums import Direction, ReferralStatus, Urgency
from referral.errors import RecordMismatch, SealBroken
from referral.lifecycle import OPEN
from referral.models import CaseField, CaseKey, CaseRecord, Staff
from referral.service.keyring import open_case_key
from referral.service.staff import SignedIn, organisation_keys
from referral.service.timeline import last_writers

INDEX = "index"
Row: TypeAlias = tuple[CaseRecord, Sealed | None, Sealed | None, Sealed | None, str | None]


@dataclass(frozen=True)
class Index:
    """The little that is read of every case to order the queue."""

    topic: str
    urgency: Urgency
    language: str
    caseworker_gender: str
    opened_at: dt.datetime

    @classmethod
    def from_text(cls, text: str) -> "Index":
        """Read the record; raise `SealBroken` when it is not one: everybody can seal something to a case."""
        try:
            raw = json.loads(text)
            return cls(
                topic=str(raw["topic"]),
                urgency=Urgency(raw["urgency"]),
                language=str(raw["language"]),
                caseworker_gender=str(raw["caseworker_gender"]),
                opened_at=dt.datetime.fromisoformat(raw["opened_at"]).astimezone(dt.UTC),
            )
        except (ValueError, KeyError, TypeError):
            raise SealBroken("The index of a case is not of its form.") from None


@dataclass(frozen=True)
class QueueEntry:
    """One case as the queue shows it; `unanswered` when it is open and the last word is the person's."""

    case_id: UUID
    status: ReferralStatus
    topic: str
    urgency: Urgency
    language: str
    caseworker_gender: str
    opened_at: dt.datetime
    owner_id: UUID | None
    owner_login: str | None
    unanswered: bool

    @property
    def reference(self) -> str:
        """Return the short name of a case by which staff speak of it."""
        return self.case_id.hex[:8]


def open_queue(session: Session, *, signed_in: SignedIn) -> list[QueueEntry]:
    """Return the organisation's cases that this person can open: danger first, then the longest waiting.

    A case whose index cannot be read is left out here; `glance.hidden_cases` names it, so that nobody overlooks it.
    """
    keys = organisation_keys(session, signed_in=signed_in)
    rows: Sequence[Row] = session.execute(_rows(signed_in)).tuples().all()
    writers = last_writers(session, case_ids=[case.case_id for case, *_ in rows])
    entries = []
    for case, index, own, shared, login in rows:
        found = _opened_index(case, index, _holder(case, signed_in, keys, own, shared))
        if found is not None:
            unanswered = case.status in OPEN and writers.get(case.case_id) is not Direction.FROM_STAFF
            entries.append(_entry(case, found, owner_login=login, unanswered=unanswered))
    order = list(Urgency)
    return sorted(entries, key=lambda entry: (order.index(entry.urgency), entry.opened_at))


def _rows(signed_in: SignedIn) -> Select[Any]:
    """Everything that the queue needs in one query: the database is locked for writers meanwhile."""
    own, shared, case = aliased(CaseKey), aliased(CaseKey), CaseRecord
    index = (CaseField.case_id == case.case_id, CaseField.field == INDEX, CaseField.seq == 0)
    return (
        select(case, CaseField.sealed, own.sealed_key, shared.sealed_key, Staff.login)
        .outerjoin(CaseField, and_(*index))
        .outerjoin(own, and_(own.case_id == case.case_id, own.holder_id == signed_in.staff_id))
        .outerjoin(shared, and_(shared.case_id == case.case_id, shared.holder_id == case.organisation_id))
        .outerjoin(Staff, Staff.id == case.owner_id)
        .where(case.organisation_id == signed_in.organisation_id, case.status != ReferralStatus.REVOKED)
    )


def _holder(
    case: CaseRecord, signed_in: SignedIn, keys: dict[int, bytes], own: Sealed | None, shared: Sealed | None
) -> tuple[bytes, Sealed] | None:
    """Return the key that opens a copy of the case's key, and that copy."""
    if own is not None:
        return signed_in.private_key, own
    return (keys[case.epoch], shared) if shared is not None and case.epoch in keys else None


def _opened_index(case: CaseRecord, sealed: Sealed | None, holder: tuple[bytes, Sealed] | None) -> Index | None:
    if sealed is None or holder is None:
        return None
    context = RecordContext(case_id=case.case_id, table="case_field", field=INDEX, seq=0)
    try:
        private = open_case_key(case, *holder)
        return Index.from_text(open_record(private_key=private, sealed=sealed, context=context))
    except (SealBroken, RecordMismatch):
        return None


def _entry(case: CaseRecord, index: Index, *, owner_login: str | None, unanswered: bool) -> QueueEntry:
    return QueueEntry(
        case_id=case.case_id,
        status=case.status,
        topic=index.topic,
        urgency=index.urgency,
        language=index.language,
        caseworker_gender=index.caseworker_gender,
        opened_at=index.opened_at,
        owner_id=case.owner_id,
        owner_login=owner_login,
        unanswered=unanswered,
    )
