"""The key ceremony: an organisation's first key, its first key holder, escrow, and the list that is signed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from nacl.public import PrivateKey
from sqlalchemy.orm import Session

from referral.adminkey import demo_admin_key
from referral.crypto.certificates import organisation_verify_key
from referral.crypto.manifest import ListedOrganisation
from referral.crypto.staff import KdfProfile
from referral.enums import StaffRole
from referral.models import Organisation, OrganisationKey
from referral.publishing import publish
from referral.service.common import HOURS, today
from referral.service.escrowing import store_escrow
from referral.service.staff import add_staff


@dataclass(frozen=True)
class FirstPerson:
    """Who holds an organisation's key first."""

    login: str
    passphrase: str
    recovery_code: str

    def __repr__(self) -> str:
        return f"FirstPerson({self.login})"


@dataclass(frozen=True)
class NewOrganisation:
    """What came of it; the private half is to be handed on by the caller, or forgotten."""

    organisation_id: UUID
    private_key: bytes

    def __repr__(self) -> str:
        return f"NewOrganisation({self.organisation_id})"


def create_organisation(
    session: Session,
    *,
    data_dir: Path,
    name: str,
    demo: bool,
    first: FirstPerson,
    profile: KdfProfile,
    admin_key: bytes | None = None,
    custodians: tuple[bytes, ...] = (),
) -> NewOrganisation:
    """Make an organisation, its first key and its first intake worker, and sign the list that names them.

    The private half is kept nowhere but sealed to its holders and, with custodians, to each pair of them. Without an
    administration key the demonstration's is used.
    """
    key = PrivateKey.generate()
    own = ListedOrganisation(
        organisation_id=uuid4(),
        name=name,
        epoch=1,
        public_key=bytes(key.public_key),
        verify_keys={1: organisation_verify_key(bytes(key))},
    )
    _store(session, own, demo=demo)
    add_staff(
        session,
        organisation_id=own.organisation_id,
        login=first.login,
        role=StaffRole.INTAKE,
        passphrase=first.passphrase,
        recovery_code=first.recovery_code,
        profile=profile,
        organisation_key=(1, bytes(key)),
    )
    if custodians:
        store_escrow(session, organisation_id=own.organisation_id, epoch=1, secret=bytes(key), custodians=custodians)
    publish(
        session,
        data_dir=data_dir,
        admin_key=demo_admin_key(data_dir) if admin_key is None else admin_key,
        organisation=own,
        today=today(),
        demo=demo,
        custodians=custodians,
    )
    return NewOrganisation(own.organisation_id, bytes(key))


def _store(session: Session, own: ListedOrganisation, *, demo: bool) -> None:
    danger, concern, normal = HOURS.values()
    session.add(
        Organisation(
            id=own.organisation_id,
            name=own.name,
            demo=demo,
            hours_danger=danger,
            hours_concern=concern,
            hours_normal=normal,
            created_day=today(),
        )
    )
    session.flush()
    session.add(
        OrganisationKey(
            organisation_id=own.organisation_id,
            epoch=own.epoch,
            public_key=own.public_key,
            verify_key=own.verify_keys[own.epoch],
            created_day=today(),
            retired_day=None,
        )
    )
    session.flush()
