"""Who of an organisation is told in their chat when a case waits."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.enums import StaffRole
from referral.models import Staff, StaffRoute
from referral.permissions import May, require
from referral.service.staff import SignedIn, act_for


@dataclass(frozen=True)
class OnCall:
    """One colleague who works on cases; `since` is the day on which their chat was linked, None while it is not."""

    login: str
    role: StaffRole
    since: dt.date | None


def on_call(session: Session, *, signed_in: SignedIn) -> list[OnCall]:
    """Return who works on cases and whether their chat is linked. Raise `NotPermitted`."""
    require(signed_in.role, May.SET_DEADLINES)
    act_for(session, signed_in)
    rows = session.execute(
        select(Staff.login, Staff.role, StaffRoute.created_day)
        .outerjoin(StaffRoute, StaffRoute.staff_id == Staff.id)
        .where(Staff.organisation_id == signed_in.organisation_id, Staff.active, Staff.role != StaffRole.EDITOR)
        .order_by(Staff.login)
    ).tuples()
    return [OnCall(login, role, since) for login, role, since in rows]
