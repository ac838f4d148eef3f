"""Which key opens a case for a member of staff: their own copy, or the organisation's."""

from uuid import UUID

from sqlalchemy.orm import Session

from referral.crypto.sealed import open_bytes
from referral.errors import CaseNotFound
from referral.models import CaseKey, CaseRecord
from referral.service.staff import SignedIn, organisation_keys


def own_case(session: Session, *, signed_in: SignedIn, case_id: UUID) -> CaseRecord:
    """Return a case of the staff member's organisation; raise `CaseNotFound` for any other."""
    case = session.get(CaseRecord, case_id)
    if case is None or case.organisation_id != signed_in.organisation_id:
        raise CaseNotFound("There is no such case.")
    return case


def case_key(
    session: Session, *, signed_in: SignedIn, case: CaseRecord, organisation: dict[int, bytes] | None = None
) -> bytes:
    """Return a case's private key; raise `CaseNotFound` when this person holds no copy of it."""
    own = session.get(CaseKey, (case.case_id, signed_in.staff_id))
    if own is not None:
        return open_bytes(signed_in.private_key, own.sealed_key)
    shared = session.get(CaseKey, (case.case_id, case.organisation_id))
    keys = organisation_keys(session, signed_in=signed_in) if organisation is None else organisation
    if shared is None or case.epoch not in keys:
        raise CaseNotFound("You hold no key to this case.")
    return open_bytes(keys[case.epoch], shared.sealed_key)
