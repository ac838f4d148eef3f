"""What the key ceremony makes, and the papers that come of it."""

from dataclasses import dataclass
from pathlib import Path

from bot.cli.database import transaction
from bot.settings import Settings
from bot.supervisor.prepare import ready_database
from referral.adminkey import new_admin_key, save_admin_key
from referral.ceremony import FirstPerson, create_organisation
from referral.crypto.escrow import CUSTODIANS, new_custodian
from referral.crypto.staff import KdfProfile, new_passphrase, new_recovery_code
from referral.keys import ensure_secrets


@dataclass(frozen=True)
class Papers:
    """What is to be written down; `repr` shows nothing of it."""

    person: FirstPerson
    custodians: tuple[str, ...]
    admin_passphrase: str

    def __repr__(self) -> str:
        return "Papers()"


def hold(settings: Settings, *, name: str, login: str, admin_key: Path) -> Papers:
    """Make database, secrets, administration key, organisation, escrow and the signed list."""
    ready_database(settings)
    ensure_secrets(settings.data_dir)
    custodians = [new_custodian() for _ in range(CUSTODIANS)]
    papers = Papers(
        person=new_person(login),
        custodians=tuple(paper for _public, paper in custodians),
        admin_passphrase=new_passphrase(),
    )
    key = new_admin_key()
    with transaction(settings) as session:
        save_admin_key(admin_key, key, passphrase=papers.admin_passphrase, profile=KdfProfile())
        create_organisation(
            session,
            data_dir=settings.data_dir,
            name=name,
            demo=False,
            first=papers.person,
            profile=KdfProfile(),
            admin_key=key,
            custodians=tuple(public for public, _paper in custodians),
        )
    return papers


def new_person(login: str) -> FirstPerson:
    """Return a login with new secrets."""
    return FirstPerson(login, new_passphrase(), new_recovery_code())
