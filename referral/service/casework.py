"""What staff do with a case: claim, read, reply, change its state."""

import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.records import RecordContext, open_record, seal_record, verify_record
from referral.crypto.sealed import Sealed, seal_bytes
from referral.enums import Direction, OutboxState, ReferralStatus
from referral.errors import CaseClosed, ForgedRecord, RecordMismatch, SealBroken, TransitionRefused
from referral.lifecycle import OPEN, check_staff_step
from referral.models import CaseField, CaseKey, CaseMessage, CaseRecord, ConsentRecord, OutboxRow, PullReplyRow, Staff
from referral.service.common import RETENTION_DAYS, hashed, now, route_of, today
from referral.service.keyring import case_key, own_case
from referral.service.staff import SignedIn

REPLY_HOURS = 72
CLOSED = frozenset({ReferralStatus.DONE, ReferralStatus.REJECTED})


@dataclass(frozen=True)
class OpenValue:
    """One opened value; `verified` tells whether the bot's signature fits."""

    field: str
    seq: int
    text: str
    day: dt.date
    verified: bool


@dataclass(frozen=True)
class OpenMessage:
    """One opened message of the thread; `delivery` is a state for staff's own: waiting, sent, read, failed, expired."""

    id: UUID
    direction: Direction
    text: str
    day: dt.date
    verified: bool
    author: str | None
    delivery: str | None


@dataclass(frozen=True)
class OpenConsent:
    """One opened consent."""

    wording_version: str
    recipient: str
    purpose: str
    given_day: dt.date
    withdrawn_day: dt.date | None
    language: str | None
    given_at: str | None
    verified: bool


@dataclass(frozen=True)
class OpenCase:
    """A case as its caseworker sees it."""

    case_id: UUID
    status: ReferralStatus
    owner_id: UUID | None
    owner_login: str | None
    created_day: dt.date
    push: bool
    values: tuple[OpenValue, ...]
    messages: tuple[OpenMessage, ...]
    consents: tuple[OpenConsent, ...]


def claim(session: Session, *, signed_in: SignedIn, case_id: UUID) -> bool:
    """Take a new case; two people can never both have it. False when somebody else was faster."""
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    private = case_key(session, signed_in=signed_in, case=case)
    taken = session.execute(
        update(CaseRecord)
        .where(CaseRecord.case_id == case_id, CaseRecord.owner_id.is_(None), CaseRecord.status == ReferralStatus.NEW)
        .values(owner_id=signed_in.staff_id, status=ReferralStatus.ACCEPTED, last_activity_day=today())
        .execution_options(synchronize_session="fetch")
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    staff = session.get_one(Staff, signed_in.staff_id)
    session.add(
        CaseKey(case_id=case_id, holder_id=signed_in.staff_id, sealed_key=seal_bytes(staff.public_key, private))
    )
    _log(session, audit.Act.CASE_CLAIMED, signed_in, case_id)
    return True


def read_case(session: Session, *, signed_in: SignedIn, case_id: UUID, verify_key: bytes) -> OpenCase:
    """Open a case; the reading is in the log before the key is used. Raise `CaseNotFound`."""
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    _log(session, audit.Act.CASE_READ, signed_in, case_id)
    private = case_key(session, signed_in=signed_in, case=case)
    owner = None if case.owner_id is None else session.get(Staff, case.owner_id)
    return OpenCase(
        case_id=case_id,
        status=case.status,
        owner_id=case.owner_id,
        owner_login=None if owner is None else owner.login,
        created_day=case.created_day,
        push=route_of(session, case_id) is not None,
        values=_values(session, case_id, private, verify_key),
        messages=_messages(session, case_id, private, verify_key),
        consents=_consents(session, case_id, private, verify_key),
    )


def reply(session: Session, *, signed_in: SignedIn, case_id: UUID, text: str, relay_public_key: bytes) -> UUID:
    """Answer the person: into the thread, under their code, and, with push, onto its way to Telegram.

    Raise `CaseClosed` when the case is not open, `ValueError` when the text is empty.
    """
    if not text.strip():
        raise ValueError("The reply is empty.")
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    if case.status not in OPEN:
        raise CaseClosed("This case is closed. Open it again before you reply.")
    case_key(session, signed_in=signed_in, case=case)
    message = _add_message(session, case, signed_in, text)
    body = json.dumps({"text": text, "case_id": case_id.hex}, ensure_ascii=False).encode()
    session.add(
        PullReplyRow(
            id=uuid4(),
            case_id=case_id,
            message_id=message.id,
            seq=message.seq,
            sealed=seal_bytes(case.reply_public_key, body),
            read_day=None,
        )
    )
    route = route_of(session, case_id)
    if route is not None:
        session.add(
            OutboxRow(
                id=uuid4(),
                case_id=case_id,
                message_id=message.id,
                route_id=route.id,
                sealed=seal_bytes(relay_public_key, body),
                state=OutboxState.WAITING,
                attempts=0,
                next_try=now(),
                expires_at=now() + dt.timedelta(hours=REPLY_HOURS),
            )
        )
    if case.status is ReferralStatus.ACCEPTED:
        case.status = ReferralStatus.IN_PROGRESS
    case.last_activity_day = today()
    _log(session, audit.Act.REPLY_SENT, signed_in, case_id)
    return message.id


def change_status(
    session: Session, *, signed_in: SignedIn, case_id: UUID, to: ReferralStatus, reason: str, seen: ReferralStatus
) -> None:
    """Move a case along its lifecycle; `seen` is the state that the person saw. Raise `TransitionRefused`.

    A reason stays in the case, sealed; the log has the new state only.
    """
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    if case.status is not seen:
        raise TransitionRefused("Somebody else has changed this case. Look at it again, then decide.")
    check_staff_step(case.status, to, reason=reason)
    case_key(session, signed_in=signed_in, case=case)
    case.status = to
    case.last_activity_day = today()
    case.purge_day = today() + dt.timedelta(days=RETENTION_DAYS) if to in CLOSED else None
    if reason.strip():
        _add_field(session, case, "reason", reason)
    _log(session, audit.Act.STATUS_CHANGED, signed_in, case_id, detail=to.value)


def _add_message(session: Session, case: CaseRecord, signed_in: SignedIn, text: str) -> CaseMessage:
    last = session.scalar(select(func.max(CaseMessage.seq)).where(CaseMessage.case_id == case.case_id)) or 0
    message_id, seq = uuid4(), last + 1
    context = RecordContext(case.case_id, "case_message", Direction.FROM_STAFF.value, seq)
    message = CaseMessage(
        id=message_id,
        case_id=case.case_id,
        direction=Direction.FROM_STAFF,
        seq=seq,
        message_hash=hashed(message_id.hex),
        sealed=seal_record(public_key=case.public_key, context=context, payload=text, day=today()),
        signature=None,
        staff_id=signed_in.staff_id,
        day=today(),
    )
    session.add(message)
    session.flush()
    return message


def _add_field(session: Session, case: CaseRecord, field: str, text: str) -> None:
    last = session.scalar(
        select(func.max(CaseField.seq)).where(CaseField.case_id == case.case_id, CaseField.field == field)
    )
    seq = 0 if last is None else last + 1
    context = RecordContext(case.case_id, "case_field", field, seq)
    sealed = seal_record(public_key=case.public_key, context=context, payload=text, day=today())
    session.add(CaseField(case_id=case.case_id, field=field, seq=seq, sealed=sealed, signature=b"", day=today()))


def _values(session: Session, case_id: UUID, private: bytes, verify_key: bytes) -> tuple[OpenValue, ...]:
    rows = session.scalars(
        select(CaseField).where(CaseField.case_id == case_id).order_by(CaseField.field, CaseField.seq)
    )
    values = []
    for row in rows:
        context = RecordContext(case_id, "case_field", row.field, row.seq)
        text = _open(private, row.sealed, context)
        by_staff = row.field == "reason"
        verified = text is not None and (by_staff or _verified(verify_key, context, row.sealed, row.signature))
        values.append(OpenValue(row.field, row.seq, text or "", row.day, verified))
    return tuple(values)


def _messages(session: Session, case_id: UUID, private: bytes, verify_key: bytes) -> tuple[OpenMessage, ...]:
    rows = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.seq))
    found = []
    for row in rows:
        context = RecordContext(case_id, "case_message", row.direction.value, row.seq)
        text = _open(private, row.sealed, context)
        from_staff = row.direction is Direction.FROM_STAFF
        verified = text is not None and (from_staff or _verified(verify_key, context, row.sealed, row.signature or b""))
        author = session.get(Staff, row.staff_id) if row.staff_id else None
        found.append(
            OpenMessage(
                id=row.id,
                direction=row.direction,
                text=text or "",
                day=row.day,
                verified=verified,
                author=None if author is None else author.login,
                delivery=_delivery(session, row.id) if from_staff else None,
            )
        )
    return tuple(found)


def _delivery(session: Session, message_id: UUID) -> str:
    pulled = session.scalars(select(PullReplyRow).where(PullReplyRow.message_id == message_id)).first()
    if pulled is not None and pulled.read_day is not None:
        return "read"
    pushed = session.scalars(select(OutboxRow).where(OutboxRow.message_id == message_id)).first()
    return "waiting" if pushed is None else pushed.state.value


def _consents(session: Session, case_id: UUID, private: bytes, verify_key: bytes) -> tuple[OpenConsent, ...]:
    found = []
    for row in session.scalars(select(ConsentRecord).where(ConsentRecord.case_id == case_id)):
        context = RecordContext(case_id, "consent_record", "details", row.seq)
        text = _open(private, row.sealed, context)
        details = json.loads(text) if text else {}
        found.append(
            OpenConsent(
                wording_version=row.wording_version,
                recipient=row.recipient,
                purpose=row.purpose,
                given_day=row.given_day,
                withdrawn_day=row.withdrawn_day,
                language=details.get("language"),
                given_at=details.get("given_at"),
                verified=text is not None and _verified(verify_key, context, row.sealed, row.signature),
            )
        )
    return tuple(found)


def _open(private: bytes, sealed: Sealed, context: RecordContext) -> str | None:
    """Return the payload, or None for a value that is not the row's own: it is shown as unverified, not hidden."""
    try:
        return open_record(private_key=private, sealed=sealed, context=context)
    except (SealBroken, RecordMismatch):
        return None


def _verified(verify_key: bytes, context: RecordContext, sealed: Sealed, signature: bytes) -> bool:
    try:
        verify_record(verify_key=verify_key, context=context, sealed=sealed, signature=signature)
    except ForgedRecord:
        return False
    return True


def _log(session: Session, act: audit.Act, signed_in: SignedIn, case_id: UUID, *, detail: str = "") -> None:
    audit.append(
        session, act=act, actor=signed_in.staff_id.hex, role=signed_in.role.value, object_id=case_id, detail=detail
    )
