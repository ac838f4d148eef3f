"""Answer a person: into the case's thread, under their code, and onto its way to Telegram."""

import datetime as dt
import json
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.records import RecordContext, seal_record
from referral.crypto.sealed import seal_bytes
from referral.enums import Direction, OutboxState, ReferralStatus
from referral.errors import CaseClosed, TransitionRefused
from referral.lifecycle import OPEN
from referral.models import CaseMessage, CaseRecord, OutboxRow, PullReplyRow
from referral.service.common import hashed, now, route_of, today
from referral.service.keyring import case_key, log, own_case
from referral.service.staff import SignedIn

REPLY_HOURS = 72


def reply(session: Session, *, signed_in: SignedIn, case_id: UUID, text: str, relay_public_key: bytes) -> UUID:
    """Store a reply and send it on its way; return the message's id.

    Raise `CaseClosed` when the case is not open, `TransitionRefused` when nobody has taken it yet, `ValueError` when
    the text is empty.
    """
    if not text.strip():
        raise ValueError("The reply is empty.")
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if case.status not in OPEN:
        raise CaseClosed("This case is closed. Open it again before you reply.")
    if case.status is ReferralStatus.NEW:
        raise TransitionRefused("Take the case first, so that two people do not answer.")
    case_key(session, signed_in=signed_in, case=case)  # who cannot read a case does not answer it
    message = _add_message(session, case, signed_in, text)
    body = json.dumps({"text": text, "case_id": case_id.hex}, ensure_ascii=False).encode()
    _leave_under_code(session, case, message, body)
    _send_to_chat(session, case, message, body, relay_public_key)
    case.status, case.last_activity_day = ReferralStatus.IN_PROGRESS, today()
    log(session, audit.Act.REPLY_SENT, signed_in=signed_in, case_id=case_id)
    return message.id


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


def _leave_under_code(session: Session, case: CaseRecord, message: CaseMessage, body: bytes) -> None:
    session.add(
        PullReplyRow(
            id=uuid4(),
            case_id=case.case_id,
            message_id=message.id,
            seq=message.seq,
            sealed=seal_bytes(case.reply_public_key, body),
            read_day=None,
        )
    )


def _send_to_chat(
    session: Session, case: CaseRecord, message: CaseMessage, body: bytes, relay_public_key: bytes
) -> None:
    route = route_of(session, case.case_id)
    if route is None:
        return
    session.add(
        OutboxRow(
            id=uuid4(),
            case_id=case.case_id,
            message_id=message.id,
            route_id=route.id,
            sealed=seal_bytes(relay_public_key, body),
            state=OutboxState.WAITING,
            attempts=0,
            next_try=now(),
            expires_at=now() + dt.timedelta(hours=REPLY_HOURS),
        )
    )
