"""One round of the janitor. It reads ids, days and states only: its role may not see a sealed value."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from referral.enums import OutboxState
from referral.models import (
    CaseHold,
    CaseKey,
    CaseRecord,
    OrganisationKey,
    OrganisationKeyGrant,
    OutboxRow,
    RouteRow,
    StaffAlert,
    StaffNotice,
)
from referral.retention.feedback import purge_feedback
from referral.service.common import UNTOUCHED_DAYS
from referral.service.erasure import destroy, lock_cases
from referral.service.opening import GRACE

NOTICE_DAYS = 30
ALERT_DAYS = 2
UNSENT = (OutboxState.WAITING, OutboxState.NOTIFIED)


@dataclass(frozen=True)
class Round:
    """What a round removes, or, in a dry run, would remove; `held` is due and kept, because somebody placed a hold."""

    cases: tuple[UUID, ...]
    held: tuple[UUID, ...]
    replies: tuple[UUID, ...]
    routes: tuple[UUID, ...]
    notices: tuple[UUID, ...]
    alerts: tuple[UUID, ...]
    feedback: int

    @property
    def anything(self) -> bool:
        """Tell whether there is anything to remove."""
        return bool(self.cases or self.replies or self.routes or self.notices or self.alerts or self.feedback)

    def __str__(self) -> str:
        kept = f"; {len(self.held)} more cases are due and held" if self.held else ""
        return (
            f"{len(self.cases)} cases, {len(self.replies)} replies not delivered in time, "
            f"{len(self.routes)} ways back to chats, {len(self.notices)} old notices, "
            f"{len(self.alerts)} old messages to staff, {self.feedback} old remarks on answers{kept}"
        )


def purge(session: Session, *, now: dt.datetime, dry_run: bool = False) -> Round:
    """Remove what is due at this moment: cases (keys first), replies, routes, notices, remarks on answers."""
    due, kept = _due_cases(session, now.date()), _held(session, now.date())
    cases = tuple(case_id for case_id in due if case_id not in kept)
    result = Round(
        cases=cases,
        held=tuple(case_id for case_id in due if case_id in kept),
        replies=_ids(session, select(OutboxRow.id).where(OutboxRow.state.in_(UNSENT), OutboxRow.expires_at <= now)),
        routes=_ids(
            session, select(RouteRow.id).where(RouteRow.expires_day <= now.date(), RouteRow.case_id.not_in(cases))
        ),
        notices=_ids(session, select(StaffNotice.id).where(StaffNotice.at < now - dt.timedelta(days=NOTICE_DAYS))),
        alerts=_ids(session, select(StaffAlert.id).where(StaffAlert.expires_at < now - dt.timedelta(days=ALERT_DAYS))),
        feedback=purge_feedback(session, day=now.date(), dry_run=dry_run),
    )
    if not dry_run:
        _remove(session, result)
        _drop_old_grants(session, now.date())
    return result


def _remove(session: Session, due: Round) -> None:
    lock_cases(session, due.cases)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(due.replies), OutboxRow.state.in_(UNSENT))
        .values(state=OutboxState.EXPIRED, sealed=None)
    )
    session.execute(delete(OutboxRow).where(OutboxRow.route_id.in_(due.routes)))
    session.execute(delete(RouteRow).where(RouteRow.id.in_(due.routes)))
    session.execute(delete(StaffNotice).where(StaffNotice.id.in_(due.notices)))
    session.execute(delete(StaffAlert).where(StaffAlert.id.in_(due.alerts)))
    for case_id in due.cases:
        destroy(session, case_id=case_id, reason="retention", actor="janitor", role="janitor")


def _drop_old_grants(session: Session, day: dt.date) -> None:
    """Delete an organisation's former keys once no case is under them and none can come any more."""
    retired = session.execute(
        select(OrganisationKey.organisation_id, OrganisationKey.epoch).where(
            OrganisationKey.retired_day.is_not(None), OrganisationKey.retired_day < day - GRACE
        )
    ).tuples()
    for organisation_id, epoch in retired.all():
        if not _in_use(session, organisation_id, epoch):
            session.execute(
                delete(OrganisationKeyGrant).where(
                    OrganisationKeyGrant.organisation_id == organisation_id, OrganisationKeyGrant.epoch == epoch
                )
            )


def _in_use(session: Session, organisation_id: UUID, epoch: int) -> bool:
    query = select(CaseKey.case_id).where(CaseKey.holder_id == organisation_id, CaseKey.epoch == epoch)
    return session.scalars(query.limit(1)).first() is not None


def _due_cases(session: Session, day: dt.date) -> tuple[UUID, ...]:
    untouched = day - dt.timedelta(days=UNTOUCHED_DAYS)
    return _ids(
        session,
        select(CaseRecord.case_id).where((CaseRecord.purge_day <= day) | (CaseRecord.last_activity_day < untouched)),
    )


def _held(session: Session, day: dt.date) -> frozenset[UUID]:
    return frozenset(
        _ids(session, select(CaseHold.case_id).where(CaseHold.until_day >= day, CaseHold.lifted_day.is_(None)))
    )


def _ids(session: Session, query: Select[tuple[UUID]]) -> tuple[UUID, ...]:
    return tuple(session.scalars(query))
