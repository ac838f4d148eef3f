"""A lost passphrase: the recovery code gives the same key a new one; without it a colleague vouches for a new key."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import open_bytes, seal_bytes
from referral.crypto.staff import KdfProfile, StaffLock, lock_staff, new_staff_keys, unlock_staff
from referral.errors import ReferralError
from referral.models import CaseKey, CaseRecord, OrganisationKeyGrant, Staff
from referral.service.staff import KEY_HOLDERS, certify_staff, grant_key


@dataclass(frozen=True)
class NewWords:
    """The new passphrase and recovery code; `repr` shows nothing of them."""

    passphrase: str
    recovery_code: str
    profile: KdfProfile

    def __repr__(self) -> str:
        return "NewWords()"


def recover_with_code(session: Session, *, login: str, recovery_code: str, new: NewWords) -> bool:
    """Give a key a new passphrase and a new recovery code; the key stays the same. False when the code is wrong."""
    staff = _active(session, login)
    lock = StaffLock(
        staff.recovery_salt, staff.kdf_operations, staff.kdf_memory, staff.recovery_hash, staff.recovery_locked_key
    )
    private = unlock_staff(recovery_code, lock)
    if private is None:
        audit.append(
            session, act=audit.Act.SIGN_IN_FAILED, actor=staff.id.hex, role=staff.role.value, object_id=staff.id
        )
        return False
    _lock(staff, private, new)
    _note(session, staff, detail="recovery code")
    return True


def recover_with_colleague(
    session: Session, *, login: str, organisation_id: UUID, organisation_key: tuple[int, bytes], new: NewWords
) -> int:
    """Give a member of staff a new key that the organisation's key vouches for; return how many cases open again.

    For who has lost passphrase and recovery code, and after escrow was opened. Cases that only the lost key opened
    (restricted ones) stay closed for ever. `organisation_id` is whose key this is; raise `ReferralError` when the
    member of staff works for another one.
    """
    staff = _active(session, login)
    if staff.organisation_id != organisation_id:
        raise ReferralError(f"{login!r} works for another organisation. Only a colleague of theirs can help.")
    keys = new_staff_keys(new.passphrase, recovery_code=new.recovery_code, profile=new.profile)
    staff.public_key, staff.verify_key = keys.public_key, keys.verify_key
    _lock(staff, keys.private_key, new)
    certify_staff(staff, organisation_key=organisation_key)
    session.execute(delete(OrganisationKeyGrant).where(OrganisationKeyGrant.staff_id == staff.id))
    if staff.role in KEY_HOLDERS:
        grant_key(session, staff=staff, organisation_key=organisation_key)
    opened = _reseal(session, staff, organisation_key)
    _note(session, staff, detail="colleague")
    return opened


def _active(session: Session, login: str) -> Staff:
    staff = session.scalars(select(Staff).where(Staff.login == login.strip().lower())).first()
    if staff is None or not staff.active:
        raise ReferralError(f"There is no active login {login!r}.")
    return staff


def _lock(staff: Staff, private_key: bytes, new: NewWords) -> None:
    lock = lock_staff(private_key, new.passphrase, profile=new.profile)
    recovery = lock_staff(private_key, new.recovery_code, profile=new.profile)
    staff.salt, staff.login_hash, staff.locked_private_key = lock.salt, lock.login_hash, lock.locked_private_key
    staff.recovery_salt, staff.recovery_hash = recovery.salt, recovery.login_hash
    staff.recovery_locked_key = recovery.locked_private_key
    staff.kdf_operations, staff.kdf_memory = new.profile.operations, new.profile.memory
    staff.failed_tries, staff.locked_until = 0, None


def _reseal(session: Session, staff: Staff, organisation_key: tuple[int, bytes]) -> int:
    """Seal the keys of the cases that this person owns to their new key, out of the organisation's copies."""
    epoch, private = organisation_key
    session.execute(delete(CaseKey).where(CaseKey.holder_id == staff.id))
    owned = select(CaseRecord.case_id).where(CaseRecord.owner_id == staff.id)
    copies = session.scalars(
        select(CaseKey).where(
            CaseKey.holder_id == staff.organisation_id, CaseKey.epoch == epoch, CaseKey.case_id.in_(owned)
        )
    ).all()
    for copy in copies:
        _copy(session, copy.case_id, staff, open_bytes(private, copy.sealed_key))
    return len(copies)


def _copy(session: Session, case_id: UUID, staff: Staff, case_key: bytes) -> None:
    session.add(
        CaseKey(
            case_id=case_id,
            holder_id=staff.id,
            organisation_id=staff.organisation_id,
            epoch=None,
            sealed_key=seal_bytes(staff.public_key, case_key),
        )
    )


def _note(session: Session, staff: Staff, *, detail: str) -> None:
    audit.append(
        session,
        act=audit.Act.STAFF_RECOVERED,
        actor="operator",
        role="operator",
        object_id=staff.id,
        detail=detail,
        organisation_id=staff.organisation_id,
    )
