"""The queue: index records opened in memory, ordered by urgency and age."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from referral.crypto.records import RecordContext, open_record
from referral.crypto.sealed import Sealed
from referral.enums import Direction, ReferralStatus, SharingKind, SharingStatus, Urgency
from referral.errors import RecordMismatch, SealBroken
from referral.lifecycle import LIVE, OPEN
from referral.models import CaseDeadline, CaseField, CaseKey, CaseRecord, CaseReferral, Staff
from referral.service.keyring import open_case_key, trust_of
from referral.service.staff import SignedIn, organisation_keys
from referral.service.timeline import last_writers
from referral.service.trust import Trust

INDEX = "index"
Row: TypeAlias = tuple[
    CaseRecord,
    Sealed | None,
    bytes | None,
    Sealed | None,
    Sealed | None,
    int | None,
    str | None,
    CaseReferral | None,
    dt.datetime | None,
]


@dataclass(frozen=True)
class FromOthers:
    """How a case came from another organisation: the referral, and where it stands."""

    sharing_id: UUID
    kind: SharingKind
    status: SharingStatus
    organisation_id: UUID


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
    """One case as the queue shows it; `unanswered` when it is open and the last word is the person's.

    `respond_by` is until when the first answer is due; `shared` is set when another organisation owns the case.
    """

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
    respond_by: dt.datetime | None
    shared: FromOthers | None

    @property
    def reference(self) -> str:
        """Return the short name of a case by which staff speak of it."""
        return self.case_id.hex[:8]


def open_queue(session: Session, *, signed_in: SignedIn) -> list[QueueEntry]:
    """Return the cases, own and shared ones, that this person can open: danger first, then the longest waiting.

    A case whose index cannot be read, or was not written by the bot, is left out here; `glance.hidden_cases` names it,
    so that nobody overlooks it.
    """
    trust, keys = trust_of(signed_in), organisation_keys(session, signed_in=signed_in)
    rows: Sequence[Row] = session.execute(_rows(signed_in)).tuples().all()
    writers = last_writers(session, case_ids=[case.case_id for case, *_ in rows])
    entries = []
    for row in rows:
        case, index, signature, own, shared, epoch, *_ = row
        found = _opened_index(case, index, signature, _holder(signed_in, keys, own, shared, epoch), trust)
        if found is not None:
            unanswered = case.status in OPEN and writers.get(case.case_id) is not Direction.FROM_STAFF
            entries.append(_entry(row, found, signed_in, unanswered=unanswered))
    order = list(Urgency)
    return sorted(entries, key=lambda entry: (order.index(entry.urgency), entry.opened_at))


def _rows(signed_in: SignedIn) -> Select[Any]:
    """Everything that the queue needs in one query: the database is locked for writers meanwhile."""
    own, shared, case, here = aliased(CaseKey), aliased(CaseKey), CaseRecord, signed_in.organisation_id
    index = (CaseField.case_id == case.case_id, CaseField.field == INDEX, CaseField.seq == 0)
    sharing = (
        CaseReferral.case_id == case.case_id,
        CaseReferral.to_organisation_id == here,
        CaseReferral.status.in_(LIVE),
    )
    return (
        select(
            case,
            CaseField.sealed,
            CaseField.signature,
            own.sealed_key,
            shared.sealed_key,
            shared.epoch,
            Staff.login,
            CaseReferral,
            CaseDeadline.respond_by,
        )
        .outerjoin(CaseField, and_(*index))
        .outerjoin(own, and_(own.case_id == case.case_id, own.holder_id == signed_in.staff_id))
        .outerjoin(shared, and_(shared.case_id == case.case_id, shared.holder_id == here))
        .outerjoin(Staff, Staff.id == case.owner_id)
        .outerjoin(CaseReferral, and_(*sharing))
        .outerjoin(CaseDeadline, CaseDeadline.case_id == case.case_id)
        .where(or_(case.organisation_id == here, CaseReferral.id.is_not(None)), case.status != ReferralStatus.REVOKED)
    )


def _holder(
    signed_in: SignedIn, keys: dict[int, bytes], own: Sealed | None, shared: Sealed | None, epoch: int | None
) -> tuple[bytes, Sealed] | None:
    """Return the key that opens a copy of the case's key, and that copy."""
    if own is not None:
        return signed_in.private_key, own
    return (keys[epoch], shared) if shared is not None and epoch in keys else None


def _opened_index(
    case: CaseRecord,
    sealed: Sealed | None,
    signature: bytes | None,
    holder: tuple[bytes, Sealed] | None,
    trust: Trust,
) -> Index | None:
    """Return the index; a forged one would push a case in danger to the end of the queue."""
    context = RecordContext(case_id=case.case_id, table="case_field", field=INDEX, seq=0)
    if sealed is None or holder is None or not trust.by_bot(context, sealed, signature):
        return None
    try:
        private = open_case_key(case, *holder)
        return Index.from_text(open_record(private_key=private, sealed=sealed, context=context))
    except (SealBroken, RecordMismatch):
        return None


def _entry(row: Row, index: Index, signed_in: SignedIn, *, unanswered: bool) -> QueueEntry:
    case, _index, _signature, _own, _shared, _epoch, login, sharing, respond_by = row
    ours = case.organisation_id == signed_in.organisation_id
    return QueueEntry(
        case_id=case.case_id,
        status=case.status,
        topic=index.topic,
        urgency=index.urgency,
        language=index.language,
        caseworker_gender=index.caseworker_gender,
        opened_at=index.opened_at,
        owner_id=case.owner_id,
        owner_login=login if ours else None,
        unanswered=unanswered,
        respond_by=respond_by if ours else None,
        shared=None if ours or sharing is None else _from_others(sharing),
    )


def _from_others(row: CaseReferral) -> FromOthers:
    return FromOthers(row.id, row.kind, row.status, row.from_organisation_id)
