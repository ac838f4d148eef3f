"""The queue: index records opened in memory, ordered by urgency and age."""

import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.crypto.records import RecordContext, open_record
from referral.enums import Direction, ReferralStatus, Urgency
from referral.errors import CaseNotFound, SealBroken
from referral.models import CaseField, CaseMessage, CaseRecord, Staff
from referral.service.keyring import case_key
from referral.service.staff import SignedIn, organisation_keys


@dataclass(frozen=True)
class QueueEntry:
    """One case as the queue shows it."""

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
    """Return the organisation's cases that this person can open: danger first, then the longest waiting."""
    keys = organisation_keys(session, signed_in=signed_in)
    cases = session.scalars(
        select(CaseRecord).where(
            CaseRecord.organisation_id == signed_in.organisation_id, CaseRecord.status != ReferralStatus.REVOKED
        )
    )
    entries = [entry for case in cases if (entry := _entry(session, signed_in, case, keys)) is not None]
    order = list(Urgency)
    return sorted(entries, key=lambda entry: (order.index(entry.urgency), entry.opened_at))


def _entry(session: Session, signed_in: SignedIn, case: CaseRecord, keys: dict[int, bytes]) -> QueueEntry | None:
    row = session.get(CaseField, (case.case_id, "index", 0))
    if row is None:
        return None
    context = RecordContext(case_id=case.case_id, table="case_field", field="index", seq=0)
    try:
        private = case_key(session, signed_in=signed_in, case=case, organisation=keys)
        index = json.loads(open_record(private_key=private, sealed=row.sealed, context=context))
    except (CaseNotFound, SealBroken):
        return None
    owner = None if case.owner_id is None else session.get(Staff, case.owner_id)
    return QueueEntry(
        case_id=case.case_id,
        status=case.status,
        topic=index["topic"],
        urgency=Urgency(index["urgency"]),
        language=index["language"],
        caseworker_gender=index["caseworker_gender"],
        opened_at=dt.datetime.fromisoformat(index["opened_at"]),
        owner_id=case.owner_id,
        owner_login=None if owner is None else owner.login,
        unanswered=_unanswered(session, case.case_id),
    )


def _unanswered(session: Session, case_id: UUID) -> bool:
    """Tell whether the last word is the person's."""
    last = dict(
        session.execute(
            select(CaseMessage.direction, func.max(CaseMessage.seq))
            .where(CaseMessage.case_id == case_id)
            .group_by(CaseMessage.direction)
        )
        .tuples()
        .all()
    )
    return last.get(Direction.FROM_PERSON, 0) > last.get(Direction.FROM_STAFF, 0)
