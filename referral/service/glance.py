"""What can be said of a case without its key: where it stands, who has it, whether something was added."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.enums import ReferralStatus
from referral.lifecycle import OPEN
from referral.models import CaseMessage, CaseRecord, Staff
from referral.service.keyring import own_case
from referral.service.staff import SignedIn, act_for


@dataclass(frozen=True)
class Glance:
    """A case from outside; `messages` counts both sides'."""

    case_id: UUID
    status: ReferralStatus
    owner_id: UUID | None
    owner_login: str | None
    last_activity_day: dt.date
    purge_day: dt.date | None
    messages: int


def glance(session: Session, *, signed_in: SignedIn, case_id: UUID) -> Glance:
    """Look at a case of one's own organisation without opening it. Raise `CaseNotFound`."""
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    owner = None if case.owner_id is None else session.get(Staff, case.owner_id)
    count = session.scalar(select(func.count()).select_from(CaseMessage).where(CaseMessage.case_id == case_id))
    return Glance(
        case_id=case_id,
        status=case.status,
        owner_id=case.owner_id,
        owner_login=None if owner is None else owner.login,
        last_activity_day=case.last_activity_day,
        purge_day=case.purge_day,
        messages=count or 0,
    )


def hidden_cases(session: Session, *, signed_in: SignedIn, shown: Collection[UUID]) -> tuple[UUID, ...]:
    """Return the organisation's open cases that are not among those shown: this person's key does not open them."""
    act_for(session, signed_in)
    found = session.scalars(
        select(CaseRecord.case_id)
        .where(CaseRecord.organisation_id == signed_in.organisation_id, CaseRecord.status.in_(OPEN))
        .order_by(CaseRecord.created_day, CaseRecord.case_id)
    )
    return tuple(case_id for case_id in found if case_id not in shown)
