"""Members of staff: adding them, taking their access, and which keys they hold."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from referral import audit, oncall
from referral.crypto.certificates import certify
from referral.crypto.sealed import open_bytes, seal_bytes
from referral.crypto.staff import KdfProfile, StaffKeys, new_staff_keys, staff_signing_key
from referral.db import scope
from referral.enums import StaffRole
from referral.errors import ReferralError
from referral.models import CaseKey, OrganisationKeyGrant, Staff
from referral.service.common import today
from referral.service.trust import Trust, identity_of

KEY_HOLDERS = frozenset({StaffRole.INTAKE, StaffRole.SUPERVISOR})


@dataclass(frozen=True)
class SignedIn:
    """A member of staff whose key is open, and the signed list of keys as it is at this moment.

    Without the list no case opens: nothing that stands in the database could be believed.
    """

    staff_id: UUID
    organisation_id: UUID
    login: str
    role: StaffRole
    private_key: bytes
    trust: Trust | None = None

    @property
    def signing_key(self) -> bytes:
        """Return the seed with which this person signs what they write."""
        return staff_signing_key(self.private_key)

    def __repr__(self) -> str:
        return f"SignedIn(staff_id={self.staff_id})"


def act_for(session: Session, signed_in: SignedIn) -> None:
    """Let a transaction see what this person's organisation may see, and nothing of others."""
    scope(session, organisation=signed_in.organisation_id)


def add_staff(
    session: Session,
    *,
    organisation_id: UUID,
    login: str,
    role: StaffRole,
    passphrase: str,
    recovery_code: str,
    profile: KdfProfile,
    organisation_key: tuple[int, bytes],
    vouched_by: UUID | None = None,
) -> UUID:
    """Add a member of staff and certify their keys with the organisation's key (epoch, private half).

    Intake workers and supervisors get that key too. `vouched_by` is the colleague who had it, for the log. Raise
    `ReferralError` when the login is taken or empty.
    """
    login = login.strip().lower()
    if not login or session.scalars(select(Staff).where(Staff.login == login)).first() is not None:
        raise ReferralError(f"The login {login!r} is empty or taken. Choose another one.")
    keys = new_staff_keys(passphrase, recovery_code=recovery_code, profile=profile)
    staff = _row(organisation_id, login, role, keys)
    certify_staff(staff, organisation_key=organisation_key)
    session.add(staff)
    session.flush()
    if role in KEY_HOLDERS:
        grant_key(session, staff=staff, organisation_key=organisation_key)
    audit.append(
        session,
        act=audit.Act.STAFF_ADDED,
        actor="operator",
        role="operator",
        object_id=staff.id,
        detail="" if vouched_by is None else f"vouched for by {vouched_by.hex}",
    )
    return staff.id


def certify_staff(staff: Staff, *, organisation_key: tuple[int, bytes]) -> None:
    """Vouch with the organisation's key that these public keys are this person's."""
    epoch, private = organisation_key
    staff.certificate_epoch = epoch
    staff.certificate = certify(identity_of(staff, epoch=epoch), organisation_key=private)


def grant_key(session: Session, *, staff: Staff, organisation_key: tuple[int, bytes]) -> None:
    """Seal the organisation's key (epoch, private half) to a member of staff."""
    epoch, private = organisation_key
    session.add(
        OrganisationKeyGrant(
            organisation_id=staff.organisation_id,
            epoch=epoch,
            staff_id=staff.id,
            sealed_key=seal_bytes(staff.public_key, private),
        )
    )


def disable_staff(session: Session, *, login: str, lose_restricted: bool = False) -> None:
    """Take a member of staff's access: no sign-in, no copy of any key, no messages to their chat.

    Raise `ReferralError` when there is no such person, when nobody else could read new cases any more, or when cases
    that only they can open would be closed for ever, unless `lose_restricted` says that this is meant.
    """
    staff = session.scalars(select(Staff).where(Staff.login == login.strip().lower())).first()
    if staff is None:
        raise ReferralError(f"There is no login {login!r}.")
    if _is_last_key_holder(session, staff):
        raise ReferralError(f"{login!r} is the last one who can read new cases. Add another one first.")
    lost = _only_theirs(session, staff)
    if lost and not lose_restricted:
        raise ReferralError(
            f"{lost} case(s) open for {login!r} alone. Let them give these to a colleague first, or repeat it with "
            "--lose-restricted: then nobody can ever read them again."
        )
    lock_out(session, staff)
    audit.append(session, act=audit.Act.STAFF_DISABLED, actor="operator", role="operator", object_id=staff.id)


def lock_out(session: Session, staff: Staff) -> None:
    """Take everything from a member of staff that opens something or reaches them."""
    staff.active = False
    staff.pairing_tag = staff.pairing_until = None
    session.execute(delete(OrganisationKeyGrant).where(OrganisationKeyGrant.staff_id == staff.id))
    session.execute(delete(CaseKey).where(CaseKey.holder_id == staff.id))
    oncall.unlink(session, staff.id)


def _only_theirs(session: Session, staff: Staff) -> int:
    """Count the cases to which nobody else of the organisation holds a key."""
    others = select(CaseKey.case_id).where(CaseKey.holder_id != staff.id)
    own = select(func.count()).select_from(CaseKey).where(CaseKey.holder_id == staff.id, CaseKey.case_id.not_in(others))
    return session.scalar(own) or 0


def is_active(session: Session, *, signed_in: SignedIn) -> bool:
    """Tell whether a member of staff may still work here; asked again for every page of a running session."""
    act_for(session, signed_in)
    staff = session.get(Staff, signed_in.staff_id)
    return staff is not None and staff.active


def organisation_keys(session: Session, *, signed_in: SignedIn) -> dict[int, bytes]:
    """Return the organisation's private keys that this person holds, by epoch."""
    act_for(session, signed_in)
    grants = session.scalars(select(OrganisationKeyGrant).where(OrganisationKeyGrant.staff_id == signed_in.staff_id))
    return {grant.epoch: open_bytes(signed_in.private_key, grant.sealed_key) for grant in grants}


def _is_last_key_holder(session: Session, staff: Staff) -> bool:
    holders = set(
        session.scalars(
            select(Staff.id)
            .join(OrganisationKeyGrant, OrganisationKeyGrant.staff_id == Staff.id)
            .where(Staff.organisation_id == staff.organisation_id, Staff.active)
        )
    )
    return holders == {staff.id}


def _row(organisation_id: UUID, login: str, role: StaffRole, keys: StaffKeys) -> Staff:
    return Staff(
        id=uuid4(),
        organisation_id=organisation_id,
        login=login,
        role=role,
        public_key=keys.public_key,
        salt=keys.lock.salt,
        kdf_operations=keys.lock.operations,
        kdf_memory=keys.lock.memory,
        login_hash=keys.lock.login_hash,
        locked_private_key=keys.lock.locked_private_key,
        recovery_salt=keys.recovery.salt,
        recovery_hash=keys.recovery.login_hash,
        recovery_locked_key=keys.recovery.locked_private_key,
        verify_key=keys.verify_key,
        certificate=b"",
        certificate_epoch=0,
        active=True,
        failed_tries=0,
        locked_until=None,
        created_day=today(),
        pairing_tag=None,
        pairing_until=None,
    )
