"""Open a case for a member of staff."""

import json
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.records import RecordContext, open_record, verify_record
from referral.crypto.sealed import Sealed
from referral.enums import Direction, OutboxState
from referral.errors import ForgedRecord, RecordMismatch, SealBroken
from referral.models import CaseField, CaseMessage, ConsentRecord, OutboxRow, PullReplyRow, Staff
from referral.service.common import route_of
from referral.service.keyring import case_key, log, own_case
from referral.service.opened import OpenCase, OpenConsent, OpenMessage, OpenValue
from referral.service.staff import SignedIn

REASON = "reason"  # the one field that staff write


class Reader:
    """Open and check the values of one case. What is not what it should be is shown as unverified, never hidden."""

    def __init__(self, *, case_id: UUID, private_key: bytes, verify_key: bytes) -> None:
        self._case_id = case_id
        self._private_key = private_key
        self._verify_key = verify_key

    def read(
        self, table: str, field: str, seq: int, *, sealed: Sealed, signature: bytes | None, by_staff: bool = False
    ) -> tuple[str, bool]:
        """Return text and whether it is genuine; the text is empty when it cannot be opened in this place."""
        context = RecordContext(self._case_id, table, field, seq)
        try:
            text = open_record(private_key=self._private_key, sealed=sealed, context=context)
        except (SealBroken, RecordMismatch):
            return "", False
        return text, by_staff or self._signed(context, sealed, signature or b"")

    def _signed(self, context: RecordContext, sealed: Sealed, signature: bytes) -> bool:
        try:
            verify_record(verify_key=self._verify_key, context=context, sealed=sealed, signature=signature)
        except ForgedRecord:
            return False
        return True


def read_case(session: Session, *, signed_in: SignedIn, case_id: UUID, verify_key: bytes) -> OpenCase:
    """Open a case; the reading is in the log before the key is used. Raise `CaseNotFound`, `SealBroken`."""
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    log(session, audit.Act.CASE_READ, signed_in=signed_in, case_id=case_id)
    private = case_key(session, signed_in=signed_in, case=case)
    reader = Reader(case_id=case_id, private_key=private, verify_key=verify_key)
    owner = None if case.owner_id is None else session.get(Staff, case.owner_id)
    return OpenCase(
        case_id=case_id,
        status=case.status,
        owner_id=case.owner_id,
        owner_login=None if owner is None else owner.login,
        created_day=case.created_day,
        push=route_of(session, case_id) is not None,
        values=_values(session, case_id, reader),
        messages=_messages(session, case_id, reader),
        consents=_consents(session, case_id, reader),
    )


def _values(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenValue, ...]:
    rows = session.scalars(
        select(CaseField).where(CaseField.case_id == case_id).order_by(CaseField.field, CaseField.seq)
    )
    return tuple(_value(row, reader) for row in rows)


def _value(row: CaseField, reader: Reader) -> OpenValue:
    text, verified = reader.read(
        "case_field", row.field, row.seq, sealed=row.sealed, signature=row.signature, by_staff=row.field == REASON
    )
    return OpenValue(row.field, row.seq, text, row.day, verified)


def _messages(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenMessage, ...]:
    rows = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.seq))
    return tuple(_message(session, row, reader) for row in rows)


def _message(session: Session, row: CaseMessage, reader: Reader) -> OpenMessage:
    from_staff = row.direction is Direction.FROM_STAFF
    text, verified = reader.read(
        "case_message", row.direction.value, row.seq, sealed=row.sealed, signature=row.signature, by_staff=from_staff
    )
    author = session.get(Staff, row.staff_id) if row.staff_id else None
    return OpenMessage(
        id=row.id,
        direction=row.direction,
        text=text,
        day=row.day,
        verified=verified,
        author=None if author is None else author.login,
        delivery=_delivery(session, row.id) if from_staff else None,
    )


def _delivery(session: Session, message_id: UUID) -> str:
    pulled = session.scalars(select(PullReplyRow).where(PullReplyRow.message_id == message_id)).first()
    if pulled is not None and pulled.read_day is not None:
        return "read"
    pushed = session.scalars(select(OutboxRow).where(OutboxRow.message_id == message_id)).first()
    return OutboxState.WAITING.value if pushed is None else pushed.state.value


def _consents(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenConsent, ...]:
    rows = session.scalars(select(ConsentRecord).where(ConsentRecord.case_id == case_id).order_by(ConsentRecord.seq))
    return tuple(_consent(row, reader) for row in rows)


def _consent(row: ConsentRecord, reader: Reader) -> OpenConsent:
    text, verified = reader.read("consent_record", "details", row.seq, sealed=row.sealed, signature=row.signature)
    details = json.loads(text) if verified else {}  # a forged one may be anything
    return OpenConsent(
        wording_version=row.wording_version,
        recipient=row.recipient,
        purpose=row.purpose,
        given_day=row.given_day,
        withdrawn_day=row.withdrawn_day,
        language=details.get("language"),
        given_at=details.get("given_at"),
        verified=verified,
    )
