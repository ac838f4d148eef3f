"""Small things that several services share."""

import datetime as dt
import hashlib
import hmac
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models import CaseRecord, RouteRow, StaffNotice

RETENTION_DAYS = 90  # after closing (security.md §5)
ROUTE_DAYS = 30  # after closing: nothing longer is needed to answer
UNTOUCHED_DAYS = 365  # an open case that nobody touches any more
PERSON = "person"


def now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def today() -> dt.date:
    """Return the day in UTC."""
    return now().date()


def hashed(value: str) -> bytes:
    """Return the hash under which an idempotency key is stored: Telegram's numbers are not kept."""
    return hashlib.blake2b(value.encode(), digest_size=32, person=b"korpu-once").digest()


def notify(session: Session, case: CaseRecord, kind: str) -> None:
    """Leave a content-free notice for the organisation's staff; its moment is a minute, as in the audit log."""
    session.add(
        StaffNotice(
            id=uuid4(),
            organisation_id=case.organisation_id,
            case_id=case.case_id,
            kind=kind,
            at=now().replace(second=0, microsecond=0),
            seen_at=None,
        )
    )


def set_last_days(session: Session, case: CaseRecord, *, closed: bool) -> None:
    """Fix the days on which a closed case and the way back to its chat go; an open case has none."""
    case.last_activity_day = today()
    case.purge_day = today() + dt.timedelta(days=RETENTION_DAYS) if closed else None
    route = route_of(session, case.case_id)
    if route is not None:
        route.expires_day = today() + dt.timedelta(days=ROUTE_DAYS) if closed else None


def route_of(session: Session, case_id: UUID) -> RouteRow | None:
    """Return the way back to the chat of a case, if there is one."""
    return session.scalars(select(RouteRow).where(RouteRow.case_id == case_id)).first()


def proves(session: Session, case: CaseRecord, proof: bytes) -> bool:
    """Tell whether a code's tag or a chat's tag gives a right to this case."""
    if hmac.compare_digest(case.code_tag, proof):
        return True
    route = route_of(session, case.case_id)
    return route is not None and hmac.compare_digest(route.route_tag, proof)
