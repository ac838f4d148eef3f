"""Which cases a member of staff may see, and which key opens them: their own copy, or the organisation's."""

import hmac
from uuid import UUID

from nacl.public import PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import Sealed, open_bytes
from referral.errors import CaseNotFound, ForgedRecord, SealBroken
from referral.lifecycle import LIVE
from referral.models import CaseKey, CaseRecord, CaseReferral
from referral.permissions import May, require
from referral.service.staff import SignedIn, act_for, organisation_keys
from referral.service.trust import Trust


def own_case(session: Session, *, signed_in: SignedIn, case_id: UUID, lock: bool = False) -> CaseRecord:
    """Return a case that the staff member's organisation owns; raise `CaseNotFound` for any other.

    With `lock` nobody else changes it until this transaction ends (on SQLite that is so anyway).
    """
    require(signed_in.role, May.WORK)
    act_for(session, signed_in)
    case = session.get(CaseRecord, case_id, with_for_update=lock)
    if case is None or case.organisation_id != signed_in.organisation_id:
        raise CaseNotFound("There is no such case.")
    return case


def visible_case(session: Session, *, signed_in: SignedIn, case_id: UUID, lock: bool = False) -> CaseRecord:
    """Return a case that is the organisation's own or is shared with it; raise `CaseNotFound` for any other."""
    require(signed_in.role, May.WORK)
    act_for(session, signed_in)
    case = session.get(CaseRecord, case_id, with_for_update=lock)
    if case is None or not (case.organisation_id == signed_in.organisation_id or _shared(session, signed_in, case_id)):
        raise CaseNotFound("There is no such case.")
    return case


def case_key(session: Session, *, signed_in: SignedIn, case: CaseRecord) -> bytes:
    """Return a case's private key.

    Raise `CaseNotFound` when this person holds no copy of it, `SealBroken` when it is not the key of this case,
    `ForgedRecord` when somebody exchanged what belongs to the case.
    """
    trust_of(signed_in).check_binding(case)
    own = session.get(CaseKey, (case.case_id, signed_in.staff_id))
    if own is not None:
        return open_case_key(case, signed_in.private_key, own.sealed_key)
    shared = session.get(CaseKey, (case.case_id, signed_in.organisation_id))
    keys = organisation_keys(session, signed_in=signed_in)
    if shared is None or shared.epoch not in keys:
        raise CaseNotFound("You hold no key to this case.")
    return open_case_key(case, keys[shared.epoch], shared.sealed_key)


def open_case_key(case: CaseRecord, private_key: bytes, sealed: Sealed) -> bytes:
    """Open a holder's copy of a case key; raise `SealBroken` when it does not belong to the case's public half.

    Whoever could write into the database could put a public key of their own there, and what is sealed from then on
    would be for them.
    """
    key = open_bytes(private_key, sealed)
    if len(key) != PrivateKey.SIZE or not hmac.compare_digest(bytes(PrivateKey(key).public_key), case.public_key):
        raise SealBroken("The key of this case was exchanged. Do not use the case; tell the person who runs Körpü.")
    return key


def trust_of(signed_in: SignedIn) -> Trust:
    """Return the signed list of keys that this person goes by; raise `ForgedRecord` without one."""
    if signed_in.trust is None:
        raise ForgedRecord("There is no signed list of keys at hand, so nothing in the database can be believed.")
    return signed_in.trust


def log(session: Session, act: audit.Act, *, signed_in: SignedIn, case_id: UUID, detail: str = "") -> None:
    """Write into the audit log what a member of staff does with a case."""
    audit.append(
        session,
        act=act,
        actor=signed_in.staff_id.hex,
        role=signed_in.role.value,
        object_id=case_id,
        detail=detail,
        organisation_id=signed_in.organisation_id,
    )


def _shared(session: Session, signed_in: SignedIn, case_id: UUID) -> bool:
    found = session.scalars(
        select(CaseReferral.id).where(
            CaseReferral.case_id == case_id,
            CaseReferral.to_organisation_id == signed_in.organisation_id,
            CaseReferral.status.in_(LIVE),
        )
    )
    return found.first() is not None
