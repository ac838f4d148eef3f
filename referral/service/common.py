"""Small things that several services share."""

import datetime as dt
import hashlib
import hmac
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral.enums import Urgency
from referral.models import CaseRecord, RouteRow, StaffNotice

RETENTION_DAYS = 90  # after closing (security.md §5)
ROUTE_DAYS = 30  # after closing: nothing longer is needed to answer
UNTOUCHED_DAYS = 365  # an open case that nobody touches any more
CONSENT_DAYS = 365  # of a consent to the organisation itself
HOURS = MappingProxyType({Urgency.DANGER: 1, Urgency.CONCERN: 24, Urgency.NORMAL: 72})  # to the first answer
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
    """Leave a content-free notice for the staff of the organisation that owns a case."""
    notify_organisation(session, case.organisation_id, case.case_id, kind)


def notify_organisation(session: Session, organisation_id: UUID, case_id: UUID, kind: str) -> None:
    """Leave a content-free notice for an organisation's staff; its moment is a minute, as in the audit log."""
    session.add(
        StaffNotice(
            id=uuid4(),
            organisation_id=organisation_id,
            case_id=case_id,
            kind=kind,
            at=now().replace(second=0, microsecond=0),
            seen_at=None,
        )
    )


def set_last_days(session: Session, case: CaseRecord, *, closed: bool) -> None:
    """Fix the days on which a closed case and the way back to its chat go; an open case has none."""
    case.last_activity_day = today()
    case.purge_day = today() + dt.timedelta(days=RETENTION_DAYS) if closed else None
    end = today() + dt.timedelta(days=ROUTE_DAYS) if closed else None
    session.execute(update(RouteRow).where(RouteRow.case_id == case.case_id).values(expires_day=end))


def route_id(session: Session, case_id: UUID) -> UUID | None:
    """Return the number of the way to a case's chat, if there is one; the console may know no more of it."""
    return session.scalars(select(RouteRow.id).where(RouteRow.case_id == case_id)).first()


def proves(session: Session, case: CaseRecord, proof: bytes) -> bool:
    """Tell whether a code's tag or a chat's tag gives a right to this case."""
    if hmac.compare_digest(case.code_tag, proof):
        return True
    tag = session.scalars(select(RouteRow.route_tag).where(RouteRow.case_id == case.case_id)).first()
    return tag is not None and hmac.compare_digest(tag, proof)
