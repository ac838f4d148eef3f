"""Put something on its way to a person: under their code, and towards their chat if they allowed that."""

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.crypto.letters import sign_letter
from referral.crypto.sealed import seal_bytes
from referral.enums import Direction, OutboxState
from referral.models import CaseMessage, CaseRecord, OutboxRow, PullReplyRow
from referral.service.authoring import author_of, write
from referral.service.common import hashed, now, route_id, today
from referral.service.staff import SignedIn

REPLY_HOURS = 72


def send(
    session: Session,
    *,
    case: CaseRecord,
    signed_in: SignedIn,
    body: Mapping[str, object],
    relay_public_key: bytes,
    window: str | None,
) -> UUID:
    """Store what is sent in the thread and send it, signed by its author; return the message's id.

    `body` has `kind` (`reply` or `consent`) and what the gateway needs to show it. `window` is the time of day that a
    caseworker read out of the person's own words; the gateway sends nothing without it where there are such words.
    Raise `ForgedRecord` when the author's own certificate is not genuine: the gateway would refuse the letter.
    """
    whole = {**body, "case_id": case.case_id.hex, "window": window}
    letter = sign_letter(whole, author=author_of(session, signed_in))
    text = str(body.get("text", "")) or json.dumps(whole, ensure_ascii=False)
    message = _message(session, case, signed_in, text)
    session.add(
        PullReplyRow(
            id=uuid4(),
            case_id=case.case_id,
            message_id=message.id,
            seq=message.seq,
            sealed=seal_bytes(case.reply_public_key, letter),
            read_day=None,
        )
    )
    _to_chat(session, case, message, str(body["kind"]), letter, relay_public_key)
    return message.id


def _message(session: Session, case: CaseRecord, signed_in: SignedIn, text: str) -> CaseMessage:
    last = session.scalar(select(func.max(CaseMessage.seq)).where(CaseMessage.case_id == case.case_id)) or 0
    message_id, seq, direction = uuid4(), last + 1, Direction.FROM_STAFF
    written = write(
        case, signed_in=signed_in, table="case_message", field=direction.value, seq=seq, text=text, day=today()
    )
    message = CaseMessage(
        id=message_id,
        case_id=case.case_id,
        direction=direction,
        seq=seq,
        message_hash=hashed(message_id.hex),
        sealed=written.sealed,
        signature=written.signature,
        staff_id=signed_in.staff_id,
        day=today(),
    )
    session.add(message)
    session.flush()
    return message


def _to_chat(
    session: Session, case: CaseRecord, message: CaseMessage, kind: str, body: bytes, relay_public_key: bytes
) -> None:
    route = route_id(session, case.case_id)
    if route is None:
        return
    session.add(
        OutboxRow(
            id=uuid4(),
            case_id=case.case_id,
            message_id=message.id,
            route_id=route,
            kind=kind,
            sealed=seal_bytes(relay_public_key, body),
            state=OutboxState.WAITING,
            attempts=0,
            next_try=now(),
            expires_at=now() + dt.timedelta(hours=REPLY_HOURS),
        )
    )
