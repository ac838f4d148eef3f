"""Take a case, and move it along its lifecycle."""

from uuid import UUID

from nacl.public import PrivateKey
from sqlalchemy import update
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import seal_bytes
from referral.enums import ReferralStatus
from referral.errors import TransitionRefused
from referral.lifecycle import OPEN, check_staff_step
from referral.models import CaseKey, CaseRecord
from referral.service.common import set_last_days, today
from referral.service.deadlines import answered
from referral.service.keyring import case_key, log, own_case
from referral.service.notes import REASON, add_field
from referral.service.staff import SignedIn


def claim(session: Session, *, signed_in: SignedIn, case_id: UUID) -> bool:
    """Take a new case; two people can never both have it. False when somebody else was faster."""
    case = own_case(session, signed_in=signed_in, case_id=case_id)
    private = case_key(session, signed_in=signed_in, case=case)
    taken = session.scalar(
        update(CaseRecord)
        .where(CaseRecord.case_id == case_id, CaseRecord.owner_id.is_(None), CaseRecord.status == ReferralStatus.NEW)
        .values(owner_id=signed_in.staff_id, status=ReferralStatus.ACCEPTED, last_activity_day=today())
        .returning(CaseRecord.case_id)
    )
    if taken is None:
        return False
    session.refresh(case)
    _keep_key(session, signed_in, case_id, private)
    log(session, audit.Act.CASE_CLAIMED, signed_in=signed_in, case_id=case_id)
    return True


def change_status(
    session: Session, *, signed_in: SignedIn, case_id: UUID, to: ReferralStatus, reason: str, seen: ReferralStatus
) -> None:
    """Move a case along its lifecycle; `seen` is the state that the person saw. Raise `TransitionRefused`.

    A reason stays in the case, sealed; the log has the new state only. A case that is opened again and was nobody's
    becomes theirs who opens it.
    """
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if case.status is not seen:
        raise TransitionRefused("Somebody else has changed this case. Look at it again, then decide.")
    if to is ReferralStatus.ACCEPTED:
        raise TransitionRefused("A case is accepted by taking it.")
    check_staff_step(case.status, to, reason=reason)
    private = case_key(session, signed_in=signed_in, case=case)
    case.status = to
    set_last_days(session, case, closed=to not in OPEN)
    if to in OPEN and case.owner_id is None:
        case.owner_id = signed_in.staff_id
        _keep_key(session, signed_in, case_id, private)
    if to not in OPEN:
        answered(session, case_id=case_id)
    if reason.strip():
        add_field(session, signed_in=signed_in, case=case, field=REASON, text=reason)
    log(session, audit.Act.STATUS_CHANGED, signed_in=signed_in, case_id=case_id, detail=to.value)


def _keep_key(session: Session, signed_in: SignedIn, case_id: UUID, private: bytes) -> None:
    """Seal a case's key to the person who is signed in: to the key that they hold, not to one in the database."""
    public = bytes(PrivateKey(signed_in.private_key).public_key)
    session.merge(
        CaseKey(
            case_id=case_id,
            holder_id=signed_in.staff_id,
            organisation_id=signed_in.organisation_id,
            epoch=None,
            sealed_key=seal_bytes(public, private),
        )
    )
