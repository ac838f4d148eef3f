"""What the person is told about their case."""

import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.audit import Act
from referral.crypto.binding import Binding, pack_address
from referral.crypto.sealed import Sealed
from referral.db import scope
from referral.enums import LegalBasis, ReferralStatus, SharingKind, SharingStatus, StaffRole
from referral.models import (
    CaseDeadline,
    CaseRecord,
    CaseReferral,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    PullReplyRow,
    RouteRow,
)
from referral.recipients import Recipient
from referral.service.common import route_id, today
from referral.service.holds import held_until

TOLD = {
    Act.CASE_READ: "opened",
    Act.CASE_CLAIMED: "claimed",
    Act.REPLY_SENT: "replied",
    Act.CASE_ASSIGNED: "assigned",
    Act.CASE_SHARED: "shared",
    Act.CASE_MOVED: "moved",
    Act.CASE_EXPORTED: "exported",
    Act.CONSENT_OVERRIDDEN: "overridden",
    Act.HOLD_PLACED: "held",
    Act.CONTACT_TRIED: "contacted",
}


@dataclass(frozen=True)
class Access:
    """One deed of a member of staff: when, in which role, at which organisation, and what.

    `act` is one of `opened`, `claimed`, `replied`, `closed`, `assigned`, `shared`, `accepted`, `moved`, `exported`,
    `overridden`, `held`, `contacted`.
    """

    at: dt.datetime
    role: StaffRole
    act: str
    organisation_id: UUID | None


@dataclass(frozen=True)
class PullReply:
    """A reply that opens with the key that the code gives."""

    id: UUID
    sealed: Sealed


@dataclass(frozen=True)
class Sharing:
    """With whom a case is or was shared; `basis` is set when it was decided without consent."""

    id: UUID
    recipient: Recipient
    kind: SharingKind
    status: SharingStatus
    day: dt.date
    basis: LegalBasis | None


@dataclass(frozen=True)
class CaseStatusView:
    """What may be told about a case without opening it.

    `address` lets the gateway check for itself to whose key it seals what this chat writes (`bot/gateway/genuine.py`).
    `respond_by` is until when a first answer is due, None once somebody has answered. `consent_until` is the last day
    of the consent to the organisation itself. `questions` are those for consent that nobody has answered yet.
    """

    case_id: UUID
    organisation_id: UUID
    status: ReferralStatus
    created_day: dt.date
    purge_day: dt.date | None
    public_key: bytes
    address: str
    pull_replies: tuple[PullReply, ...]
    accesses: tuple[Access, ...]
    sharings: tuple[Sharing, ...]
    respond_by: dt.datetime | None
    consent_until: dt.date | None
    held_until: dt.date | None
    linked: bool
    questions: frozenset[UUID]


def status_for_code(session: Session, *, code_tag: bytes) -> CaseStatusView | None:
    """Return the case behind a code, with the replies that wait under it.

    None for a wrong code, and just so for one whose case was erased or taken back: it tells nothing of why.
    """
    scope(session, proofs=(code_tag,))
    case = session.scalars(select(CaseRecord).where(CaseRecord.code_tag == code_tag)).first()
    if case is None or case.status is ReferralStatus.REVOKED:
        return None
    return _view(session, case, address=_by_code(case), replies=True)


def status_for_route(session: Session, *, route_tag: bytes) -> tuple[CaseStatusView, ...]:
    """Return the cases that are linked to a chat, newest first; closed ones too, until their link goes."""
    scope(session, proofs=(route_tag,))
    rows = session.execute(
        select(CaseRecord, RouteRow.route_box)
        .join(RouteRow, RouteRow.case_id == CaseRecord.case_id)
        .where(RouteRow.route_tag == route_tag)
    ).tuples()
    newest_first = sorted(rows, key=lambda row: audit.first_entry(session, row[0].case_id), reverse=True)
    return tuple(_view(session, case, address=_by_chat(box), replies=False) for case, box in newest_first)


def mark_pull_read(session: Session, *, code_tag: bytes, reply_ids: Sequence[UUID]) -> None:
    """Note that replies were handed to who has the code."""
    scope(session, proofs=(code_tag,))
    case = session.scalars(select(CaseRecord).where(CaseRecord.code_tag == code_tag)).first()
    if case is not None:
        session.execute(
            update(PullReplyRow)
            .where(
                PullReplyRow.case_id == case.case_id, PullReplyRow.id.in_(reply_ids), PullReplyRow.read_day.is_(None)
            )
            .values(read_day=today())
        )


def _by_code(case: CaseRecord) -> str:
    binding = Binding.of(
        case_id=case.case_id,
        public_key=case.public_key,
        code_tag=case.code_tag,
        reply_public_key=case.reply_public_key,
    )
    return "code." + base64.urlsafe_b64encode(pack_address(binding, case.binding or b"")).decode()


def _by_chat(route_box: bytes) -> str:
    return "chat." + base64.urlsafe_b64encode(route_box).decode()


def _view(session: Session, case: CaseRecord, *, address: str, replies: bool) -> CaseStatusView:
    rows = select(PullReplyRow).where(PullReplyRow.case_id == case.case_id).order_by(PullReplyRow.seq)
    waiting = session.scalars(rows) if replies else ()
    deadline = session.get(CaseDeadline, case.case_id)
    return CaseStatusView(
        case_id=case.case_id,
        organisation_id=case.organisation_id,
        status=case.status,
        created_day=case.created_day,
        purge_day=case.purge_day,
        public_key=case.public_key,
        address=address,
        pull_replies=tuple(PullReply(row.id, row.sealed) for row in waiting),
        accesses=accesses(session, case.case_id),
        sharings=sharings(session, case.case_id),
        respond_by=None if deadline is None else deadline.respond_by,
        consent_until=_consent_until(session, case),
        held_until=held_until(session, case_id=case.case_id, day=today()),
        linked=route_id(session, case.case_id) is not None,
        questions=open_questions(session, case.case_id),
    )


def accesses(session: Session, case_id: UUID) -> tuple[Access, ...]:
    """Return what staff did with a case; reading it many times in one day is told once."""
    told: dict[tuple[dt.date, str, str, UUID | None], Access] = {}
    for entry in audit.entries_about(session, case_id):
        act = _told(entry)
        if act is None or entry.role not in set(StaffRole):
            continue
        key = (entry.at.date(), entry.role, act, entry.organisation_id)
        told.setdefault(key, Access(entry.at, StaffRole(entry.role), act, entry.organisation_id))
    return tuple(told.values())


def sharings(session: Session, case_id: UUID) -> tuple[Sharing, ...]:
    """Return with whom a case is or was shared, oldest first."""
    rows = session.execute(
        select(
            CaseReferral.id,
            CaseReferral.to_organisation_id,
            CaseReferral.provider,
            CaseReferral.kind,
            CaseReferral.status,
            CaseReferral.created_day,
            LegalOverride.basis,
        )
        .outerjoin(LegalOverride, LegalOverride.id == CaseReferral.override_id)
        .where(CaseReferral.case_id == case_id)
        .order_by(CaseReferral.created_day, CaseReferral.id)
    ).tuples()
    return tuple(
        Sharing(row_id, Recipient(organisation_id=to, provider=provider), kind, status, day, basis)
        for row_id, to, provider, kind, status, day, basis in rows
    )


def open_questions(session: Session, case_id: UUID) -> frozenset[UUID]:
    """Return the questions for consent that still wait for an answer."""
    return frozenset(
        session.scalars(
            select(ConsentRequest.id).where(
                ConsentRequest.case_id == case_id,
                ConsentRequest.answer.is_(None),
                ConsentRequest.expires_day >= today(),
            )
        )
    )


def _told(entry: audit.Entry) -> str | None:
    if entry.act is Act.STATUS_CHANGED:
        return "closed" if entry.detail in {"done", "rejected"} else None
    if entry.act is Act.SHARING_ANSWERED:
        return "accepted" if entry.detail == "accepted" else None
    return TOLD.get(entry.act)


def _consent_until(session: Session, case: CaseRecord) -> dt.date | None:
    own = Recipient(organisation_id=case.organisation_id)
    return session.scalar(
        select(func.max(ConsentRecord.expires_day)).where(
            ConsentRecord.case_id == case.case_id,
            ConsentRecord.recipient == str(own),
            ConsentRecord.withdrawn_day.is_(None),
        )
    )
