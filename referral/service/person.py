"""What the person can do with their own case: write, take back, erase."""

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import Direction, ReferralStatus
from referral.errors import BadSubmission, CaseClosed
from referral.lifecycle import OPEN, may_person_revoke
from referral.models import CaseKey, CaseMessage, CaseRecord, OutboxRow
from referral.service.common import PERSON, hashed, notify, proves, set_last_days
from referral.service.consent import withdraw_consents
from referral.service.erasure import destroy
from referral.submission import SealedField

MESSAGE_TABLE = "case_message"


def append_message(session: Session, *, case_id: UUID, message_id: str, field: SealedField, day: dt.date) -> bool:
    """Put a sealed message into an open case; False when it is there already. Raise `CaseClosed`, `BadSubmission`."""
    if field.table != MESSAGE_TABLE or field.field != Direction.FROM_PERSON.value:
        raise BadSubmission("This value is not a message of a person.")
    if _held(session, message_id):
        return False
    case = session.get(CaseRecord, case_id)
    if case is None or case.status not in OPEN:
        raise CaseClosed("This case takes no more messages.")
    try:
        with session.begin_nested():
            session.add(_message(case_id, message_id, field, day))
    except IntegrityError:  # PostgreSQL: another process committed the same message a moment ago
        if not _held(session, message_id):
            raise
        return False
    case.last_activity_day = day
    notify(session, case, "new_message")
    audit.append(session, act=audit.Act.MESSAGE_RECEIVED, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def withdraw(session: Session, *, case_id: UUID, proof: bytes) -> bool:
    """Take a case back: consent ends and every copy of its key goes, so that staff can no longer open it.

    False when the proof does not fit or the case is not open.
    """
    case = session.get(CaseRecord, case_id)
    if case is None or not proves(session, case, proof) or not may_person_revoke(case.status):
        return False
    session.execute(delete(CaseKey).where(CaseKey.case_id == case_id))
    session.execute(delete(OutboxRow).where(OutboxRow.case_id == case_id))
    withdraw_consents(session, case_id=case_id)
    case.status = ReferralStatus.REVOKED
    set_last_days(session, case, closed=True)
    notify(session, case, "withdrawn")
    audit.append(session, act=audit.Act.CONSENT_WITHDRAWN, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def erase(session: Session, *, case_id: UUID, proof: bytes) -> bool:
    """Erase a case with everything in it; a hash of its number and the day remain.

    False when the proof does not fit.
    """
    case = session.get(CaseRecord, case_id)
    if case is None or not proves(session, case, proof):
        return False
    destroy(session, case, reason="by the person", actor=PERSON, role=PERSON)
    return True


def _held(session: Session, message_id: str) -> bool:
    once = hashed(message_id)
    return session.scalars(select(CaseMessage.id).where(CaseMessage.message_hash == once)).first() is not None


def _message(case_id: UUID, message_id: str, field: SealedField, day: dt.date) -> CaseMessage:
    return CaseMessage(
        id=uuid4(),
        case_id=case_id,
        direction=Direction.FROM_PERSON,
        seq=field.seq,
        message_hash=hashed(message_id),
        sealed=field.sealed,
        signature=field.signature,
        staff_id=None,
        day=day,
    )
