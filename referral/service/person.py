"""What the person can do with their own case: write, take back, stop sharing, erase, link to another chat."""

import datetime as dt
import hmac
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral import audit
from referral.db import is_postgresql, scope
from referral.enums import Direction, ReferralStatus
from referral.errors import BadSubmission, CaseClosed
from referral.lifecycle import OPEN, may_person_revoke
from referral.models import (
    CaseKey,
    CaseMessage,
    CaseRecord,
    ConsentRecord,
    OutboxRow,
    PullReplyRow,
    RouteRow,
)
from referral.service.common import (
    PERSON,
    ROUTE_DAYS,
    hashed,
    notify,
    notify_organisation,
    proves,
    set_last_days,
    today,
)
from referral.service.consent import withdraw_consents
from referral.service.deadlines import answered
from referral.service.erasure import destroy, tombstone_hash
from referral.service.sharing import end_sharings, recipient_of
from referral.submission import SealedField

MESSAGE_TABLE = "case_message"


def append_message(session: Session, *, case_id: UUID, message_id: str, field: SealedField, day: dt.date) -> bool:
    """Put a sealed message into an open case; False when it is there already. Raise `CaseClosed`, `BadSubmission`."""
    if field.table != MESSAGE_TABLE or field.field != Direction.FROM_PERSON.value:
        raise BadSubmission("This value is not a message of a person.")
    scope(session, proofs=(hashed(message_id),))
    if _held(session, message_id):
        return False
    organisation_id = _note_activity(session, case_id, day)
    if organisation_id is None:
        raise CaseClosed("This case takes no more messages.")
    try:
        with session.begin_nested():
            session.add(_message(case_id, message_id, field, day))
    except IntegrityError:  # PostgreSQL: another process committed the same message a moment ago
        if not _held(session, message_id):
            raise
        return False
    notify_organisation(session, organisation_id, case_id, "new_message")
    audit.append(session, act=audit.Act.MESSAGE_RECEIVED, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def withdraw(session: Session, *, case_id: UUID, proof: bytes) -> bool:
    """Take a case back: every consent ends and every copy of its key goes, so that nobody can open it any more.

    False when the proof does not fit or the case is not open.
    """
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id, with_for_update=True)
    if case is None or not proves(session, case, proof) or not may_person_revoke(case.status):
        return False
    close_to_everybody(session, case)
    notify(session, case, "withdrawn")
    audit.append(session, act=audit.Act.CONSENT_WITHDRAWN, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def close_to_everybody(session: Session, case: CaseRecord) -> None:
    """Let every copy of a case's key go, end every consent and sharing, and mark the case as taken back."""
    for model in (CaseKey, OutboxRow, PullReplyRow):
        session.execute(delete(model).where(model.case_id == case.case_id))
    withdraw_consents(session, case_id=case.case_id)
    end_sharings(session, case_id=case.case_id)
    answered(session, case_id=case.case_id)
    case.status = ReferralStatus.REVOKED
    set_last_days(session, case, closed=True)


def withdraw_sharing(session: Session, *, case_id: UUID, sharing_id: UUID, proof: bytes) -> bool:
    """End the consent to one recipient, and what was shared with them; the case itself goes on.

    False when the proof does not fit or nothing is shared under this number.
    """
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id, with_for_update=True)
    recipient = recipient_of(session, case_id=case_id, sharing_id=sharing_id)
    if case is None or recipient is None or not proves(session, case, proof):
        return False
    session.execute(
        update(ConsentRecord)
        .where(
            ConsentRecord.case_id == case_id,
            ConsentRecord.recipient == str(recipient),
            ConsentRecord.withdrawn_day.is_(None),
        )
        .values(withdrawn_day=today())
    )
    ended = end_sharings(session, case_id=case_id, recipient=recipient)
    notify(session, case, "sharing_withdrawn")
    audit.append(
        session,
        act=audit.Act.CONSENT_WITHDRAWN,
        actor=PERSON,
        role=PERSON,
        object_id=case_id,
        detail=recipient.kind,
    )
    return ended > 0


def erase(session: Session, *, case_id: UUID, proof: bytes) -> str | None:
    """Erase a case with everything in it; a hash of its number and the day remain. Return the receipt's number.

    None when the proof does not fit.
    """
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id, with_for_update=True)
    if case is None or not proves(session, case, proof):
        return None
    # A chat's tag proves nothing any more as soon as its route is gone, the case's own does to the end.
    scope(session, proofs=(case.code_tag, tombstone_hash(case_id)))
    return destroy(session, case_id=case_id, reason="by the person", actor=PERSON, role=PERSON)


def link_chat(session: Session, *, case_id: UUID, proof: bytes, route_tag: bytes, route_box: bytes) -> bool:
    """Let replies to a case go to another chat from now on: for who has a new phone or account, and the code.

    The code alone gives this right, not the chat that was linked before. False when it does not fit, or the case is
    taken back.
    """
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id, with_for_update=True)
    if case is None or not hmac.compare_digest(case.code_tag, proof) or case.status is ReferralStatus.REVOKED:
        return False
    session.execute(delete(OutboxRow).where(OutboxRow.case_id == case_id))
    session.execute(delete(RouteRow).where(RouteRow.case_id == case_id))
    end = None if case.status in OPEN else today() + dt.timedelta(days=ROUTE_DAYS)
    session.add(RouteRow(id=uuid4(), case_id=case_id, route_tag=route_tag, route_box=route_box, expires_day=end))
    audit.append(session, act=audit.Act.CHAT_LINKED, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def _note_activity(session: Session, case_id: UUID, day: dt.date) -> UUID | None:
    """Move an open case's last day and return its organisation; None when it takes no more messages.

    A case's number gives no right to see it, so PostgreSQL has a function for just this.
    """
    if is_postgresql(session):
        return session.scalar(select(func.korpu_note_activity(case_id, day)))
    return session.scalar(
        update(CaseRecord)
        .where(CaseRecord.case_id == case_id, CaseRecord.status.in_(OPEN))
        .values(last_activity_day=day)
        .returning(CaseRecord.organisation_id)
    )


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
