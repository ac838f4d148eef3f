"""What is held about a person's case, told without opening it: kinds, numbers and days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.db import scope
from referral.enums import Direction
from referral.models import CaseField, CaseMessage, CaseRecord, ConsentRecord
from referral.service.common import PERSON, proves, route_id
from referral.service.status import Sharing, sharings


@dataclass(frozen=True)
class Held:
    """What is stored of one case.

    `answers` counts what the person told by question, `notes` what staff wrote by kind; both are locked, so that only
    their number can be told here. The words themselves a caseworker can read out to the person.
    """

    case_id: UUID
    created_day: dt.date
    purge_day: dt.date | None
    answers: Mapping[str, int]
    notes: Mapping[str, int]
    from_person: int
    from_staff: int
    consents: int
    sharings: tuple[Sharing, ...]
    linked: bool


def held(session: Session, *, case_id: UUID, proof: bytes) -> Held | None:
    """Return what is held of a case; None when the proof does not fit. The asking is in the log."""
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id)
    if case is None or not proves(session, case, proof):
        return None
    fields = select(CaseField.field, CaseField.staff_id.is_(None), func.count()).where(CaseField.case_id == case_id)
    counted = session.execute(fields.group_by(CaseField.field, CaseField.staff_id.is_(None))).tuples().all()
    messages = dict(
        session.execute(
            select(CaseMessage.direction, func.count())
            .where(CaseMessage.case_id == case_id)
            .group_by(CaseMessage.direction)
        )
        .tuples()
        .all()
    )
    consents = session.scalar(select(func.count()).select_from(ConsentRecord).where(ConsentRecord.case_id == case_id))
    audit.append(session, act=audit.Act.SUMMARY_GIVEN, actor=PERSON, role=PERSON, object_id=case_id)
    return Held(
        case_id=case_id,
        created_day=case.created_day,
        purge_day=case.purge_day,
        answers={field: count for field, by_person, count in counted if by_person},
        notes={field: count for field, by_person, count in counted if not by_person},
        from_person=messages.get(Direction.FROM_PERSON, 0),
        from_staff=messages.get(Direction.FROM_STAFF, 0),
        consents=consents or 0,
        sharings=sharings(session, case_id),
        linked=route_id(session, case_id) is not None,
    )
