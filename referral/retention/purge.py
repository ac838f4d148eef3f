"""One round of the janitor."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral.enums import OutboxState
from referral.models import CaseRecord, OutboxRow, RouteRow, StaffNotice
from referral.service.common import UNTOUCHED_DAYS
from referral.service.erasure import destroy

NOTICE_DAYS = 30


@dataclass(frozen=True)
class Round:
    """What a round removes, or, in a dry run, would remove."""

    cases: tuple[UUID, ...]
    replies: int
    routes: int
    notices: int

    @property
    def anything(self) -> bool:
        """Tell whether there is anything to remove."""
        return bool(self.cases or self.replies or self.routes or self.notices)

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
    routes = _due_routes(session, now.date(), besides=cases)
    notices = list(session.scalars(select(StaffNotice).where(StaffNotice.at < now - dt.timedelta(days=NOTICE_DAYS))))
    result = Round(tuple(case.case_id for case in cases), len(replies), len(routes), len(notices))
    if dry_run:
        return result
    for row in replies:
        row.state, row.sealed = OutboxState.EXPIRED, None
    for route in routes:
        session.execute(delete(OutboxRow).where(OutboxRow.route_id == route.id))
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


def _due_routes(session: Session, day: dt.date, *, besides: list[CaseRecord]) -> list[RouteRow]:
    """Return the routes that are due by themselves; those of `besides` go with their cases."""
    gone = [case.case_id for case in besides]
    return list(session.scalars(select(RouteRow).where(RouteRow.expires_day <= day, RouteRow.case_id.not_in(gone))))
