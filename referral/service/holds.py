"""Keep a case beyond its day, for a reason and with an end."""

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import HoldReason
from referral.errors import CaseNotFound
from referral.models import CaseHold
from referral.permissions import May, require
from referral.service.common import today
from referral.service.keyring import log, own_case
from referral.service.staff import SignedIn, act_for

MOST_DAYS = 365


def place_hold(session: Session, *, signed_in: SignedIn, case_id: UUID, reason: HoldReason, until_day: dt.date) -> UUID:
    """Keep a case until a day, a year from now at most. Raise `NotPermitted`, `CaseNotFound`, `ValueError`."""
    require(signed_in.role, May.HOLD)
    if not today() < until_day <= today() + dt.timedelta(days=MOST_DAYS):
        raise ValueError(f"A hold ends between tomorrow and {MOST_DAYS} days from now.")
    own_case(session, signed_in=signed_in, case_id=case_id)
    hold = CaseHold(
        id=uuid4(),
        case_id=case_id,
        reason=reason,
        staff_id=signed_in.staff_id,
        placed_day=today(),
        until_day=until_day,
        lifted_day=None,
    )
    session.add(hold)
    log(session, audit.Act.HOLD_PLACED, signed_in=signed_in, case_id=case_id, detail=reason.value)
    return hold.id


def lift_hold(session: Session, *, signed_in: SignedIn, hold_id: UUID) -> None:
    """End a hold before its day. Raise `NotPermitted`, `CaseNotFound`."""
    require(signed_in.role, May.HOLD)
    act_for(session, signed_in)
    hold = session.get(CaseHold, hold_id)
    if hold is None:
        raise CaseNotFound("There is no such hold.")
    own_case(session, signed_in=signed_in, case_id=hold.case_id)
    hold.lifted_day = today()
    log(session, audit.Act.HOLD_LIFTED, signed_in=signed_in, case_id=hold.case_id)


def held_until(session: Session, *, case_id: UUID, day: dt.date) -> dt.date | None:
    """Return until when a case is kept, None when nothing keeps it on this day."""
    return session.scalar(select(func.max(CaseHold.until_day)).where(*_keeps(case_id, day)))


def holds_of(session: Session, *, case_id: UUID, day: dt.date) -> list[CaseHold]:
    """Return the holds that keep a case on a day."""
    return list(session.scalars(select(CaseHold).where(*_keeps(case_id, day)).order_by(CaseHold.until_day)))


def _keeps(case_id: UUID, day: dt.date) -> tuple[ColumnElement[bool], ...]:
    return CaseHold.case_id == case_id, CaseHold.until_day >= day, CaseHold.lifted_day.is_(None)
