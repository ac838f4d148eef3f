"""Remind the people on call of cases whose time is over: once, and a second time louder. Nothing of a case is said."""

import datetime as dt
from collections import Counter
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral import audit, oncall
from referral.models import CaseDeadline
from referral.service.common import notify_organisation
from referral.service.erasure import lock_cases

ESCALATE_AFTER = dt.timedelta(hours=1)


def remind(session: Session, *, now: dt.datetime) -> int:
    """Send what is due; return to how many cases it was due.

    The cases are locked first, as everywhere, and all is written before the first entry in the log: who waits for the
    log may hold a case.
    """
    overdue = (CaseDeadline.respond_by <= now, CaseDeadline.escalated_at.is_(None))
    lock_cases(session, session.scalars(select(CaseDeadline.case_id).where(*overdue)).all())
    late = session.execute(
        select(
            CaseDeadline.case_id, CaseDeadline.organisation_id, CaseDeadline.reminded_at, CaseDeadline.escalated_at
        ).where(*overdue)
    ).tuples()
    first: list[tuple[UUID, UUID]] = []
    second: list[tuple[UUID, UUID]] = []
    for case_id, organisation_id, reminded, _escalated in late.all():
        if reminded is None:
            first.append((case_id, organisation_id))
        elif reminded <= now - ESCALATE_AFTER:
            second.append((case_id, organisation_id))
    _tell(session, first, now=now, kind="overdue")
    _tell(session, second, now=now, kind="overdue_still")
    _log(session, first, act=audit.Act.REMINDED)
    _log(session, second, act=audit.Act.ESCALATED)
    return len(first) + len(second)


def _tell(session: Session, late: list[tuple[UUID, UUID]], *, now: dt.datetime, kind: str) -> None:
    column = {"overdue": CaseDeadline.reminded_at, "overdue_still": CaseDeadline.escalated_at}[kind]
    for case_id, organisation_id in late:
        session.execute(update(CaseDeadline).where(CaseDeadline.case_id == case_id).values({column: now}))
        notify_organisation(session, organisation_id, case_id, kind)
    for organisation_id, count in Counter(organisation for _case, organisation in late).items():
        oncall.alert(session, organisation_id=organisation_id, kind=kind, now=now, detail=str(count))


def _log(session: Session, late: list[tuple[UUID, UUID]], *, act: audit.Act) -> None:
    for case_id, _organisation in late:
        audit.append(session, act=act, actor="janitor", role="janitor", object_id=case_id)
