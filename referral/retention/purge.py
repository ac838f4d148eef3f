"""One round of the janitor."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.enums import OutboxState, ReferralStatus
from referral.models import CaseRecord, OutboxRow, RouteRow, StaffNotice
from referral.service.common import UNTOUCHED_DAYS
from referral.service.erasure import destroy

ROUTE_DAYS = 30  # after closing, as the consent says nothing longer is needed to answer
NOTICE_DAYS = 30
CLOSED = (ReferralStatus.DONE, ReferralStatus.REJECTED, ReferralStatus.REVOKED)


@dataclass(frozen=True)
class Round:
    """What a round removes, or, in a dry run, would remove."""

    cases: tuple[UUID, ...]
    replies: int
    routes: int
    notices: int

    def __str__(self) -> str:
        return (
            f"{len(self.cases)} cases, {self.replies} replies not delivered in time, "
            f"{self.routes} ways back to chats, {self.notices} old notices"
        )


def purge(session: Session, *, now: dt.datetime, dry_run: bool = False) -> Round:
    """Remove what is due at this moment: cases (keys first), replies, routes, notices."""
    cases = _due_cases(session, now.date())
    replies = list(
        session.scalars(select(OutboxRow).where(OutboxRow.state == OutboxState.WAITING, OutboxRow.expires_at <= now))
    )
    routes = [route for route in _due_routes(session, now.date()) if route.case_id not in {c.case_id for c in cases}]
    notices = list(session.scalars(select(StaffNotice).where(StaffNotice.at < now - dt.timedelta(days=NOTICE_DAYS))))
    result = Round(tuple(case.case_id for case in cases), len(replies), len(routes), len(notices))
    if dry_run:
        return result
    for row in replies:
        row.state, row.sealed = OutboxState.EXPIRED, None
    for route in routes:
        for row in session.scalars(select(OutboxRow).where(OutboxRow.route_id == route.id)):
            session.delete(row)
        session.flush()
        session.delete(route)
    for notice in notices:
        session.delete(notice)
    session.flush()
    for case in cases:
        destroy(session, case, reason="retention", actor="janitor", role="janitor")
    return result


def _due_cases(session: Session, day: dt.date) -> list[CaseRecord]:
    untouched = day - dt.timedelta(days=UNTOUCHED_DAYS)
    return list(
        session.scalars(
            select(CaseRecord).where((CaseRecord.purge_day <= day) | (CaseRecord.last_activity_day < untouched))
        )
    )


def _due_routes(session: Session, day: dt.date) -> list[RouteRow]:
    limit = day - dt.timedelta(days=ROUTE_DAYS)
    return list(
        session.scalars(
            select(RouteRow)
            .join(CaseRecord, CaseRecord.case_id == RouteRow.case_id)
            .where(CaseRecord.status.in_(CLOSED), CaseRecord.last_activity_day < limit)
        )
    )
