"""People on call: which colleague's chat gets the content-free messages, and sending them. For the gateway."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.db import scope
from referral.enums import OutboxState
from referral.models import Staff, StaffAlert, StaffRoute
from referral.outbox import LEASE_SECONDS, LONGEST_PAUSE_SECONDS, MOST_ATTEMPTS

ALERT_HOURS = 12  # an older reminder says nothing any more
_PLAIN = re.compile(r"[0-9A-Z-]{0,24}")  # a number, or the short form of a checkpoint: no words of somebody else's


@dataclass(frozen=True)
class AlertItem:
    """One message to a colleague; `kind` names one of the bot's texts, `detail` may fill a number into it."""

    id: UUID
    kind: str
    detail: str
    route_box: bytes


def pair(session: Session, *, pairing_tag: bytes, route_tag: bytes, route_box: bytes, now: dt.datetime) -> bool:
    """Link a chat to the member of staff whose one-time code was typed there; False when there is no such code."""
    scope(session, proofs=(pairing_tag,))
    staff = session.execute(
        select(Staff.id, Staff.organisation_id, Staff.role)
        .where(Staff.pairing_tag == pairing_tag, Staff.active, Staff.pairing_until >= now)
        .with_for_update()
    ).first()
    if staff is None:
        return False
    unlink(session, staff.id)
    session.add(
        StaffRoute(
            id=uuid4(),
            organisation_id=staff.organisation_id,
            staff_id=staff.id,
            route_tag=route_tag,
            route_box=route_box,
            created_day=now.date(),
        )
    )
    role = staff.role.value
    audit.append(session, act=audit.Act.ON_CALL_SET, actor=staff.id.hex, role=role, object_id=staff.id)
    session.execute(update(Staff).where(Staff.id == staff.id).values(pairing_tag=None, pairing_until=None))
    return True


def unpair(session: Session, *, route_tag: bytes) -> bool:
    """Forget the link of a colleague's chat; False when there is none."""
    scope(session, proofs=(route_tag,))
    found = session.scalars(select(StaffRoute.staff_id).where(StaffRoute.route_tag == route_tag)).all()
    for staff_id in found:
        unlink(session, staff_id)
    return bool(found)


def alert(session: Session, *, organisation_id: UUID, kind: str, now: dt.datetime, detail: str = "") -> int:
    """Put a message on its way to everybody of an organisation who is on call; return to how many."""
    routes = session.scalars(select(StaffRoute.id).where(StaffRoute.organisation_id == organisation_id)).all()
    session.add_all(
        StaffAlert(
            id=uuid4(),
            organisation_id=organisation_id,
            staff_route_id=route,
            kind=kind,
            detail=detail,
            state=OutboxState.WAITING,
            attempts=0,
            next_try=now,
            expires_at=now + dt.timedelta(hours=ALERT_HOURS),
        )
        for route in routes
    )
    return len(routes)


def due(session: Session, *, now: dt.datetime, limit: int) -> list[AlertItem]:
    """Take the messages whose turn it is; they are this caller's for half a minute."""
    rows = session.execute(
        select(StaffAlert, StaffRoute.route_box)
        .join(StaffRoute, StaffRoute.id == StaffAlert.staff_route_id)
        .where(StaffAlert.state == OutboxState.WAITING, StaffAlert.next_try <= now, StaffAlert.expires_at > now)
        .order_by(StaffAlert.next_try)
        .limit(limit)
        .with_for_update(of=StaffAlert, skip_locked=True)
    ).all()
    for row, _box in rows:
        row.next_try = now + dt.timedelta(seconds=LEASE_SECONDS)
    return [AlertItem(row.id, row.kind, _plain(row.detail), box) for row, box in rows]


def mark_sent(session: Session, *, id: UUID) -> None:
    """Note that a message was delivered."""
    row = session.get(StaffAlert, id)
    if row is not None:
        row.state = OutboxState.SENT


def mark_failed(session: Session, *, id: UUID, permanent: bool, now: dt.datetime) -> None:
    """Note that a message could not be delivered: try later, or give up."""
    row = session.get(StaffAlert, id)
    if row is None or row.state is not OutboxState.WAITING:
        return
    row.attempts += 1
    if permanent or row.attempts >= MOST_ATTEMPTS:
        row.state = OutboxState.FAILED
    else:
        row.next_try = now + dt.timedelta(seconds=min(LONGEST_PAUSE_SECONDS, 5 * 2 ** min(row.attempts, 9)))


def unlink(session: Session, staff_id: UUID) -> None:
    """Forget the chat of a member of staff, with what is on its way there."""
    routes = select(StaffRoute.id).where(StaffRoute.staff_id == staff_id)
    session.execute(
        delete(StaffAlert).where(StaffAlert.staff_route_id.in_(routes)).execution_options(synchronize_session="fetch")
    )
    session.execute(delete(StaffRoute).where(StaffRoute.staff_id == staff_id))


def _plain(detail: str) -> str:
    """Return a detail; nothing of one in which whoever can write into the database has put words for our colleagues."""
    return detail if _PLAIN.fullmatch(detail) else ""
