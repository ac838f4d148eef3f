"""Replies on their way to Telegram, for the gateway."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, defer

from referral.crypto.sealed import Sealed
from referral.db import scope
from referral.enums import OutboxState
from referral.models import OutboxRow, RouteRow

LEASE_SECONDS = 30  # who takes a reply and dies loses it to the next one after this
MOST_ATTEMPTS = 50
LONGEST_PAUSE_SECONDS = 1800
KEPT_HOURS = 72  # for how long something waits to be read
# The gateway's role may not know to which case a reply belongs.
WITHOUT_CASE = (defer(OutboxRow.case_id, raiseload=True), defer(OutboxRow.message_id, raiseload=True))


@dataclass(frozen=True)
class OutboxItem:
    """One thing to be sent; `kind` is `reply` or `consent`."""

    id: UUID
    kind: str
    route_box: bytes
    sealed: Sealed
    expires_at: dt.datetime


def due(session: Session, *, now: dt.datetime, limit: int) -> list[OutboxItem]:
    """Take the replies whose turn it is; they are this caller's for half a minute."""
    rows = session.execute(
        select(OutboxRow, RouteRow.route_box)
        .options(*WITHOUT_CASE)
        .join(RouteRow, RouteRow.id == OutboxRow.route_id)
        .where(OutboxRow.state == OutboxState.WAITING, OutboxRow.next_try <= now, OutboxRow.expires_at > now)
        .order_by(OutboxRow.next_try)
        .limit(limit)
        .with_for_update(of=OutboxRow, skip_locked=True)
    ).all()
    items = []
    for row, box in rows:
        row.next_try = now + dt.timedelta(seconds=LEASE_SECONDS)
        if row.sealed is not None:
            items.append(OutboxItem(row.id, row.kind, box, row.sealed, row.expires_at))
    return items


def postpone(session: Session, *, id: UUID, until: dt.datetime) -> None:
    """Let something wait until a moment that the person called safe; it does not grow old while it waits."""
    row = session.get(OutboxRow, id, options=WITHOUT_CASE)
    if row is not None and row.state is OutboxState.WAITING:
        row.next_try = until
        row.expires_at = max(row.expires_at, until + dt.timedelta(hours=KEPT_HOURS))


def mark_notified(session: Session, *, id: UUID, now: dt.datetime) -> None:
    """Note that the person was told that something is there; it stays sealed until they ask for it, or too long."""
    row = session.get(OutboxRow, id, options=WITHOUT_CASE)
    if row is not None and row.state is OutboxState.WAITING:
        row.state, row.expires_at = OutboxState.NOTIFIED, now + dt.timedelta(hours=KEPT_HOURS)


def unread(session: Session, *, route_tag: bytes, id: UUID | None = None) -> list[OutboxItem]:
    """Return what a chat was told of and has not read yet, oldest first; or the one with this id.

    Whoever names one has the button of its notice, even when we have not noted yet that the notice has gone out.
    """
    scope(session, proofs=(route_tag,))
    states = [OutboxState.NOTIFIED] if id is None else [OutboxState.NOTIFIED, OutboxState.WAITING]
    rows = session.execute(
        select(OutboxRow, RouteRow.route_box)
        .options(*WITHOUT_CASE)
        .join(RouteRow, RouteRow.id == OutboxRow.route_id)
        .where(RouteRow.route_tag == route_tag, OutboxRow.state.in_(states))
        .order_by(OutboxRow.next_try)
    ).all()
    return [
        OutboxItem(row.id, row.kind, box, row.sealed, row.expires_at)
        for row, box in rows
        if row.sealed is not None and id in {None, row.id}
    ]


def mark_sent(session: Session, *, id: UUID) -> None:
    """Note that a reply was delivered and drop its content."""
    row = session.get(OutboxRow, id, options=WITHOUT_CASE)
    if row is not None:  # else the case was erased meanwhile
        row.state, row.sealed = OutboxState.SENT, None


def mark_withheld(session: Session, *, id: UUID) -> None:
    """Note that nothing may go to this chat, so that it waits under the code; the staff see it on the case."""
    row = session.get(OutboxRow, id, options=WITHOUT_CASE)
    if row is not None and row.state is OutboxState.WAITING:
        row.state, row.sealed = OutboxState.WITHHELD, None


def mark_failed(session: Session, *, id: UUID, permanent: bool) -> None:
    """Note that a reply could not be delivered: try later, or give up (the staff see it on the case)."""
    row = session.get(OutboxRow, id, options=WITHOUT_CASE)
    if row is None or row.state is not OutboxState.WAITING:
        return  # erased, delivered or too old meanwhile
    row.attempts += 1
    if permanent or row.attempts >= MOST_ATTEMPTS:
        row.state, row.sealed = OutboxState.FAILED, None
    else:
        pause = min(LONGEST_PAUSE_SECONDS, 5 * 2 ** min(row.attempts, 9))
        row.next_try = dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=pause)


def drop_route(session: Session, *, route_tag: bytes) -> int:
    """Delete every way back to a chat with the replies on it; return how many."""
    scope(session, proofs=(route_tag,))
    routes = session.scalars(select(RouteRow.id).where(RouteRow.route_tag == route_tag)).all()
    session.execute(delete(OutboxRow).where(OutboxRow.route_id.in_(routes)))
    session.execute(delete(RouteRow).where(RouteRow.id.in_(routes)))
    return len(routes)
