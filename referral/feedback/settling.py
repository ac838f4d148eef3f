"""An editor has looked at a number."""

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from referral.models import NumberReport
from referral.permissions import May, require
from referral.service.staff import SignedIn


def settle_reports(session: Session, *, fact: str, staff: SignedIn, day: dt.date) -> int:
    """Mark the open reports of a number as handled, whatever came of it; return how many there were.

    The caution below the answers goes with the gateway's next look. Raise `NotPermitted` for who may not edit content.
    """
    require(staff.role, May.EDIT_CONTENT)
    done = session.execute(
        update(NumberReport)
        .where(NumberReport.fact == fact, NumberReport.handled_day.is_(None))
        .values(handled_day=day, handled_by=staff.staff_id)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
