"""Members of staff: adding them, signing them in."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import open_bytes, seal_bytes
from referral.crypto.staff import KdfProfile, StaffLock, new_staff_keys, unlock_staff
from referral.enums import StaffRole
from referral.errors import ReferralError
from referral.models import OrganisationKeyGrant, Staff
from referral.service.common import now, today

TRIES = 5
LOCKED_MINUTES = 10
KEY_HOLDERS = frozenset({StaffRole.INTAKE, StaffRole.SUPERVISOR})
_DECOY_SALT = bytes(16)


@dataclass(frozen=True)
class SignedIn:
    """A member of staff whose key is open."""

    staff_id: UUID
    organisation_id: UUID
    login: str
    role: StaffRole
    private_key: bytes

    def __repr__(self) -> str:
        return f"SignedIn(staff_id={self.staff_id})"


def add_staff(
    session: Session,
    *,
    organisation_id: UUID,
    login: str,
    role: StaffRole,
    passphrase: str,
    profile: KdfProfile,
    organisation_key: tuple[int, bytes] | None = None,
) -> UUID:
    """Add a member of staff; intake workers and supervisors get the organisation's key (epoch, private half).

    Raise `ReferralError` when the login is taken or empty.
    """
    login = login.strip().lower()
    if not login or session.scalars(select(Staff).where(Staff.login == login)).first() is not None:
        raise ReferralError(f"The login {login!r} is empty or taken. Choose another one.")
    keys = new_staff_keys(passphrase, profile=profile)
    staff_id = uuid4()
    session.add(
        Staff(
            id=staff_id,
            organisation_id=organisation_id,
            login=login,
            role=role,
            public_key=keys.public_key,
            salt=keys.lock.salt,
            kdf_operations=keys.lock.operations,
            kdf_memory=keys.lock.memory,
            login_hash=keys.lock.login_hash,
            locked_private_key=keys.lock.locked_private_key,
            active=True,
            failed_tries=0,
            locked_until=None,
            created_day=today(),
        )
    )
    session.flush()
    if organisation_key is not None and role in KEY_HOLDERS:
        epoch, private = organisation_key
        session.add(
            OrganisationKeyGrant(
                organisation_id=organisation_id,
                epoch=epoch,
                staff_id=staff_id,
                sealed_key=seal_bytes(keys.public_key, private),
            )
        )
    audit.append(session, act=audit.Act.STAFF_ADDED, actor="operator", role="operator", object_id=staff_id)
    return staff_id


def sign_in(session: Session, *, login: str, passphrase: str) -> SignedIn | None:
    """Open a member of staff's key; None for an unknown login, a wrong passphrase and a locked account alike.

    After five wrong tries the account is locked for ten minutes. An unknown login costs the same time.
    """
    staff = session.scalars(select(Staff).where(Staff.login == login.strip().lower())).first()
    if staff is None or not staff.active:
        unlock_staff(passphrase, StaffLock(_DECOY_SALT, 3, KdfProfile().memory, b"", b""))
        return None
    if staff.locked_until is not None and staff.locked_until > now():
        return None
    private_key = unlock_staff(passphrase, lock_of(staff))
    if private_key is None:
        _count_failure(session, staff)
        return None
    staff.failed_tries, staff.locked_until = 0, None
    audit.append(session, act=audit.Act.SIGNED_IN, actor=staff.id.hex, role=staff.role.value, object_id=staff.id)
    return SignedIn(staff.id, staff.organisation_id, staff.login, staff.role, private_key)


def disable_staff(session: Session, *, login: str) -> None:
    """Take a member of staff's access: no sign-in, no copy of the organisation's key. Raise `ReferralError`."""
    staff = session.scalars(select(Staff).where(Staff.login == login.strip().lower())).first()
    if staff is None:
        raise ReferralError(f"There is no login {login!r}.")
    staff.active = False
    for grant in session.scalars(select(OrganisationKeyGrant).where(OrganisationKeyGrant.staff_id == staff.id)):
        session.delete(grant)
    audit.append(session, act=audit.Act.STAFF_DISABLED, actor="operator", role="operator", object_id=staff.id)


def organisation_keys(session: Session, *, signed_in: SignedIn) -> dict[int, bytes]:
    """Return the organisation's private keys that this person holds, by epoch."""
    grants = session.scalars(select(OrganisationKeyGrant).where(OrganisationKeyGrant.staff_id == signed_in.staff_id))
    return {grant.epoch: open_bytes(signed_in.private_key, grant.sealed_key) for grant in grants}


def lock_of(staff: Staff) -> StaffLock:
    """Return the lock of a member of staff's key."""
    return StaffLock(staff.salt, staff.kdf_operations, staff.kdf_memory, staff.login_hash, staff.locked_private_key)


def _count_failure(session: Session, staff: Staff) -> None:
    staff.failed_tries += 1
    if staff.failed_tries >= TRIES:
        staff.failed_tries = 0
        staff.locked_until = now() + dt.timedelta(minutes=LOCKED_MINUTES)
    audit.append(session, act=audit.Act.SIGN_IN_FAILED, actor=staff.id.hex, role=staff.role.value, object_id=staff.id)
