"""What the person is told about their case."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.audit import Act
from referral.crypto.sealed import Sealed
from referral.enums import ReferralStatus, StaffRole
from referral.models import CaseRecord, PullReplyRow, RouteRow
from referral.service.common import today

TOLD = {
    Act.CASE_READ: "opened",
    Act.CASE_CLAIMED: "claimed",
    Act.REPLY_SENT: "replied",
}


@dataclass(frozen=True)
class Access:
    """One deed of a member of staff: when, in which role, and `opened`, `claimed`, `replied` or `closed`."""

    at: dt.datetime
    role: StaffRole
    act: str


@dataclass(frozen=True)
class PullReply:
    """A reply that opens with the key that the code gives."""

    id: UUID
    sealed: Sealed


@dataclass(frozen=True)
class CaseStatusView:
    """What may be told about a case without opening it."""

    case_id: UUID
    status: ReferralStatus
    created_day: dt.date
    public_key: bytes
    pull_replies: tuple[PullReply, ...]
    accesses: tuple[Access, ...]


def status_for_code(session: Session, *, code_tag: bytes) -> CaseStatusView | None:
    """Return the case behind a code, with the replies that wait under it; None tells nothing of why."""
    case = session.scalars(select(CaseRecord).where(CaseRecord.code_tag == code_tag)).first()
    return None if case is None else _view(session, case, replies=True)


def status_for_route(session: Session, *, route_tag: bytes) -> tuple[CaseStatusView, ...]:
    """Return the cases that are linked to a chat, newest first; closed ones too, until their link goes."""
    cases = session.scalars(
        select(CaseRecord).join(RouteRow, RouteRow.case_id == CaseRecord.case_id).where(RouteRow.route_tag == route_tag)
    )
    newest_first = sorted(cases, key=lambda case: audit.first_entry(session, case.case_id), reverse=True)
    return tuple(_view(session, case, replies=False) for case in newest_first)


def mark_pull_read(session: Session, *, code_tag: bytes, reply_ids: Sequence[UUID]) -> None:
    """Note that replies were handed to who has the code."""
    case = session.scalars(select(CaseRecord).where(CaseRecord.code_tag == code_tag)).first()
    if case is not None:
        session.execute(
            update(PullReplyRow)
            .where(
                PullReplyRow.case_id == case.case_id, PullReplyRow.id.in_(reply_ids), PullReplyRow.read_day.is_(None)
            )
            .values(read_day=today())
        )


def _view(session: Session, case: CaseRecord, *, replies: bool) -> CaseStatusView:
    rows = select(PullReplyRow).where(PullReplyRow.case_id == case.case_id).order_by(PullReplyRow.seq)
    waiting = session.scalars(rows) if replies else ()
    return CaseStatusView(
        case_id=case.case_id,
        status=case.status,
        created_day=case.created_day,
        public_key=case.public_key,
        pull_replies=tuple(PullReply(row.id, row.sealed) for row in waiting),
        accesses=accesses(session, case.case_id),
    )


def accesses(session: Session, case_id: UUID) -> tuple[Access, ...]:
    """Return what staff did with a case; reading it many times in one day is told once."""
    told: dict[tuple[dt.date, str, str], Access] = {}
    for entry in audit.entries_about(session, case_id):
        act = TOLD.get(entry.act) or ("closed" if entry.detail in {"done", "rejected"} else None)
        if act is None or entry.role not in set(StaffRole):
            continue
        key = (entry.at.date(), entry.role, act)
        told.setdefault(key, Access(entry.at, StaffRole(entry.role), act))
    return tuple(told.values())
