"""Erase a case for a person who asked a caseworker for it, on the phone or without their code."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import StaffRole
from referral.errors import NotPermitted, TransitionRefused
from referral.models import CaseKey
from referral.service.common import today
from referral.service.erasure import receipt_number, tombstone_hash
from referral.service.holds import holds_of
from referral.service.keyring import case_key, log, own_case
from referral.service.sharing import end_sharings
from referral.service.staff import SignedIn


def erase_for_person(session: Session, *, signed_in: SignedIn, case_id: UUID) -> str:
    """Destroy every copy of a case's key at once; the janitor erases the rest within minutes. Return the receipt.

    The owner of the case or a supervisor may do it. Raise `NotPermitted`, `CaseNotFound`, `TransitionRefused` while
    the case is held.
    """
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if signed_in.role is not StaffRole.SUPERVISOR and case.owner_id != signed_in.staff_id:
        raise NotPermitted("Only the owner of a case or a supervisor can erase it for the person.")
    if holds_of(session, case_id=case_id, day=today()):
        raise TransitionRefused("This case is held. A supervisor must lift the hold first.")
    case_key(session, signed_in=signed_in, case=case)
    end_sharings(session, case_id=case_id)
    session.execute(delete(CaseKey).where(CaseKey.case_id == case_id))
    case.purge_day = today()
    log(session, audit.Act.STATUS_CHANGED, signed_in=signed_in, case_id=case_id, detail="to be erased")
    return receipt_number(tombstone_hash(case_id))
