"""Cases reduced to categories, for statistics: opened one by one in memory, counted, forgotten."""

import json
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.records import RecordContext, open_record
from referral.enums import ReferralStatus, Urgency
from referral.errors import CaseNotFound, ForgedRecord, RecordMismatch, SealBroken
from referral.models import CaseField, CaseRecord
from referral.permissions import May, require
from referral.service.common import now
from referral.service.deadlines import hours_of
from referral.service.keyring import case_key
from referral.service.queue import Index
from referral.service.staff import SignedIn, act_for
from referral.statistics import CountedCase


def counted_cases(session: Session, *, signed_in: SignedIn) -> list[CountedCase]:
    """Return the organisation's cases as categories; those that this person's key does not open are not counted.

    The counting is in the log. Cases that were taken back are not counted: what the person withdrew is not used.
    Raise `NotPermitted`.
    """
    require(signed_in.role, May.STATISTICS)
    act_for(session, signed_in)
    audit.append(
        session,
        act=audit.Act.STATISTICS_MADE,
        actor=signed_in.staff_id.hex,
        role=signed_in.role.value,
        object_id=signed_in.organisation_id,
        organisation_id=signed_in.organisation_id,
    )
    hours = hours_of(session, signed_in=signed_in)
    cases = session.scalars(
        select(CaseRecord).where(
            CaseRecord.organisation_id == signed_in.organisation_id, CaseRecord.status != ReferralStatus.REVOKED
        )
    ).all()
    return [counted for case in cases for counted in _counted(session, signed_in, case, hours)]


def _counted(
    session: Session, signed_in: SignedIn, case: CaseRecord, hours: dict[Urgency, int]
) -> Iterator[CountedCase]:
    try:
        private = case_key(session, signed_in=signed_in, case=case)
        index = Index.from_text(_field(session, case.case_id, private, "index"))
    except (CaseNotFound, ForgedRecord, SealBroken, RecordMismatch):
        return
    yield CountedCase(
        month=index.opened_at.strftime("%Y-%m"),
        topic=index.topic,
        urgency=index.urgency,
        language=index.language,
        status=case.status,
        age_band=_age(session, case.case_id, private),
        answered_in_time=_in_time(session, case, index, hours[index.urgency]),
    )


def _field(session: Session, case_id: UUID, private: bytes, name: str) -> str:
    row = session.get(CaseField, (case_id, name, 0))
    if row is None:
        raise SealBroken(f"A case has no {name}.")
    context = RecordContext(case_id, "case_field", name, 0)
    return open_record(private_key=private, sealed=row.sealed, context=context)


def _age(session: Session, case_id: UUID, private: bytes) -> str:
    try:
        found = json.loads(_field(session, case_id, private, "choices"))
    except (SealBroken, RecordMismatch, ValueError):
        return "not_said"
    return str(found.get("age", "not_said")) if isinstance(found, dict) else "not_said"


def _in_time(session: Session, case: CaseRecord, index: Index, hours: int) -> bool | None:
    """Tell whether the first reply came within the hours, None while that time is not over."""
    replies = [entry.at for entry in audit.entries_about(session, case.case_id) if entry.act is audit.Act.REPLY_SENT]
    if replies:
        return (min(replies) - index.opened_at).total_seconds() <= hours * 3600
    return False if (now() - index.opened_at).total_seconds() > hours * 3600 else None
