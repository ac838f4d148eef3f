"""The demonstration's keys: a passphrase in a file, so that anybody can try the system. They protect nothing."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.ceremony import FirstPerson, create_organisation
from referral.crypto.staff import SMALL, new_passphrase, new_recovery_code
from referral.db import session_scope
from referral.enums import StaffRole
from referral.keys import ensure_secrets
from referral.models import Organisation
from referral.published import FILE, write_private
from referral.service.staff import add_staff

LOGIN = "demo"
EDITORS = ("demo-editor", "demo-editor2")  # two: what is dangerous needs a second one
COLLEAGUES = (
    ("demo2", StaffRole.INTAKE),
    ("demo-supervisor", StaffRole.SUPERVISOR),
    *((login, StaffRole.EDITOR) for login in EDITORS),
)
PARTNER = "partner"
NAME, PARTNER_NAME = "Körpü demo", "Körpü demo partner"
SECRET = "demo_staff"  # noqa: S105 - the name of a file


@dataclass(frozen=True)
class DemoAccount:
    """How to sign in to the demonstration."""

    login: str
    passphrase: str


class OldDemo(Exception):
    """A demonstration of an earlier version, whose keys have not what this version needs."""


def ensure_demo(engine: Engine, *, data_dir: Path) -> DemoAccount | None:
    """Make the demonstration's keys and accounts once; None when real keys are there.

    Raise `OldDemo` when the demonstration was made by an earlier version.
    """
    ensure_secrets(data_dir)
    file = data_dir / "secrets" / SECRET
    with session_scope(engine) as session:
        organisation = session.scalars(select(Organisation).order_by(Organisation.demo.desc())).first()
        if organisation is None:
            account = DemoAccount(LOGIN, new_passphrase())
            _make(session, data_dir, account)
            write_private(file, f"{account.login}\n{account.passphrase}\n".encode())
            return account
        if not organisation.demo or not file.exists():
            return None
    if not (data_dir / FILE).exists():
        raise OldDemo(f"{data_dir} holds a demonstration of an earlier version.")
    login, passphrase = file.read_text(encoding="utf-8").split()
    return DemoAccount(login, passphrase)


def _make(session: Session, data_dir: Path, account: DemoAccount) -> None:
    """Make the organisation that takes requests, and a second one to which cases can be referred."""
    own = create_organisation(
        session, data_dir=data_dir, name=NAME, demo=True, first=_person(LOGIN, account), profile=SMALL
    )
    for login, role in COLLEAGUES:
        add_staff(
            session,
            organisation_id=own.organisation_id,
            login=login,
            role=role,
            passphrase=account.passphrase,
            recovery_code=new_recovery_code(),
            profile=SMALL,
            organisation_key=(1, own.private_key),
        )
    create_organisation(
        session, data_dir=data_dir, name=PARTNER_NAME, demo=True, first=_person(PARTNER, account), profile=SMALL
    )


def _person(login: str, account: DemoAccount) -> FirstPerson:
    return FirstPerson(login, account.passphrase, new_recovery_code())
