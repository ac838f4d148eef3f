"""Give a case to a colleague: its key is sealed to them, and to nobody else."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import seal_bytes
from referral.enums import ReferralStatus, StaffRole
from referral.errors import CaseNotFound, NotPermitted, TransitionRefused
from referral.lifecycle import OPEN
from referral.models import CaseKey, CaseRecord, Staff
from referral.permissions import May, may
from referral.service.common import today
from referral.service.keyring import case_key, log, own_case
from referral.service.staff import SignedIn, act_for
from referral.service.trust import Trust


def colleagues(session: Session, *, signed_in: SignedIn) -> list[Staff]:
    """Return who of the organisation can work on cases, by login."""
    act_for(session, signed_in)
    rows = session.scalars(
        select(Staff)
        .where(Staff.organisation_id == signed_in.organisation_id, Staff.active, Staff.role != StaffRole.EDITOR)
        .order_by(Staff.login)
    )
    return list(rows)


def assign(session: Session, *, signed_in: SignedIn, trust: Trust, case_id: UUID, to: UUID) -> None:
    """Make a colleague the owner of an open case; who had it before loses their copy of the key, not the organisation.

    Intake workers and supervisors may assign any case, the owner their own. Raise `NotPermitted`, `CaseNotFound`,
    `TransitionRefused`, and `ForgedRecord` when the colleague's key is not certified.
    """
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if not may(signed_in.role, May.ASSIGN) and case.owner_id != signed_in.staff_id:
        raise NotPermitted("Only the owner of a case, an intake worker or a supervisor can give it to somebody.")
    if case.status not in OPEN:
        raise TransitionRefused("This case is closed. Open it again before you give it to somebody.")
    staff = session.get(Staff, to)
    if staff is None or staff.organisation_id != signed_in.organisation_id or staff.role is StaffRole.EDITOR:
        raise CaseNotFound("There is no such colleague.")
    private = case_key(session, signed_in=signed_in, case=case)
    sealed = seal_bytes(trust.colleague_key(staff), private)
    _drop_copy(session, case)
    session.merge(
        CaseKey(
            case_id=case_id,
            holder_id=staff.id,
            organisation_id=staff.organisation_id,
            epoch=None,
            sealed_key=sealed,
        )
    )
    case.owner_id, case.last_activity_day = staff.id, today()
    if case.status is ReferralStatus.NEW:
        case.status = ReferralStatus.ACCEPTED
    log(session, audit.Act.CASE_ASSIGNED, signed_in=signed_in, case_id=case_id)


def restrict(session: Session, *, signed_in: SignedIn, case_id: UUID) -> None:
    """Take the organisation's copy of the key away: only the owner can open the case from now on.

    For a case that must be kept from colleagues. Raise `TransitionRefused` unless the owner does it and has a copy.
    """
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    own = session.get(CaseKey, (case_id, signed_in.staff_id))
    if case.owner_id != signed_in.staff_id or own is None:
        raise TransitionRefused("Only the owner of a case can restrict it to themselves.")
    shared = session.get(CaseKey, (case_id, signed_in.organisation_id))
    if shared is not None:
        session.delete(shared)
    log(session, audit.Act.CASE_ASSIGNED, signed_in=signed_in, case_id=case_id, detail="restricted")


def _drop_copy(session: Session, case: CaseRecord) -> None:
    held = None if case.owner_id is None else session.get(CaseKey, (case.case_id, case.owner_id))
    if held is not None:
        session.delete(held)
        session.flush()
