"""Until when a case must have its first answer, by urgency; and what is done when it has none."""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import Urgency
from referral.models import CaseDeadline, Organisation
from referral.permissions import May, require
from referral.service.common import now
from referral.service.staff import SignedIn, act_for

MOST_HOURS = 24 * 14
COLUMNS = MappingProxyType(
    {Urgency.DANGER: "hours_danger", Urgency.CONCERN: "hours_concern", Urgency.NORMAL: "hours_normal"}
)


@dataclass(frozen=True)
class Deadline:
    """Until when a case must be answered, and whether somebody was reminded."""

    case_id: UUID
    respond_by: dt.datetime
    reminded: bool
    escalated: bool

    def is_over(self, *, at: dt.datetime) -> bool:
        """Tell whether the time is over."""
        return at > self.respond_by


def set_deadline(session: Session, *, case_id: UUID, organisation: Organisation, urgency: Urgency) -> None:
    """Note until when a new case must be answered; to the minute, as in the audit log."""
    hours: int = getattr(organisation, COLUMNS[urgency])
    moment = now().replace(second=0, microsecond=0) + dt.timedelta(hours=hours)
    session.add(
        CaseDeadline(
            case_id=case_id,
            organisation_id=organisation.id,
            respond_by=moment,
            reminded_at=None,
            escalated_at=None,
        )
    )


def answered(session: Session, *, case_id: UUID) -> None:
    """Forget the deadline: somebody has answered, or there is nothing to answer any more."""
    session.execute(delete(CaseDeadline).where(CaseDeadline.case_id == case_id))


def deadlines(session: Session, *, signed_in: SignedIn) -> dict[UUID, Deadline]:
    """Return the deadlines of the organisation's cases."""
    act_for(session, signed_in)
    rows = session.scalars(select(CaseDeadline).where(CaseDeadline.organisation_id == signed_in.organisation_id))
    return {
        row.case_id: Deadline(row.case_id, row.respond_by, row.reminded_at is not None, row.escalated_at is not None)
        for row in rows
    }


def hours_of(session: Session, *, signed_in: SignedIn) -> dict[Urgency, int]:
    """Return within how many hours the organisation wants to answer, by urgency."""
    act_for(session, signed_in)
    organisation = session.get_one(Organisation, signed_in.organisation_id)
    return {urgency: getattr(organisation, column) for urgency, column in COLUMNS.items()}


def set_hours(session: Session, *, signed_in: SignedIn, hours: dict[Urgency, int]) -> None:
    """Change within how many hours new cases must be answered. Raise `NotPermitted`, `ValueError`."""
    require(signed_in.role, May.SET_DEADLINES)
    if set(hours) != set(COLUMNS) or not all(1 <= value <= MOST_HOURS for value in hours.values()):
        raise ValueError(f"Each deadline is between 1 and {MOST_HOURS} hours.")
    if not hours[Urgency.DANGER] <= hours[Urgency.CONCERN] <= hours[Urgency.NORMAL]:
        raise ValueError("What is more urgent cannot have more time than what is less urgent.")
    act_for(session, signed_in)
    organisation = session.get_one(Organisation, signed_in.organisation_id)
    for urgency, column in COLUMNS.items():
        setattr(organisation, column, hours[urgency])
    audit.append(
        session,
        act=audit.Act.STATUS_CHANGED,
        actor=signed_in.staff_id.hex,
        role=signed_in.role.value,
        object_id=organisation.id,
        detail="deadlines",
    )
