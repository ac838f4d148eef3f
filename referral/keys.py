"""Making keys: the bot's secrets, an organisation with its first key holder, the demonstration."""

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.crypto.staff import SMALL, KdfProfile, new_passphrase
from referral.db import session_scope
from referral.enums import StaffRole
from referral.models import Organisation, OrganisationKey
from referral.service.common import today
from referral.service.staff import add_staff

SECRETS: dict[str, Callable[[], bytes]] = {
    "route_key": lambda: secrets.token_bytes(32),
    "index_key": lambda: secrets.token_bytes(32),
    "relay_key": lambda: bytes(PrivateKey.generate()),
    "bot_signing_key": lambda: bytes(SigningKey.generate()),
    "code_pepper": lambda: secrets.token_bytes(16),
    "callback_key": lambda: secrets.token_bytes(32),
    "channel_secret": lambda: secrets.token_hex(32).encode("ascii"),
    "console_session_key": lambda: secrets.token_bytes(32),
}
DEMO_LOGIN = "demo"
DEMO_COLLEAGUE = "demo2"
DEMO_FILE = "demo_staff"


@dataclass(frozen=True)
class DemoAccount:
    """How to sign in to the demonstration."""

    login: str
    passphrase: str


@dataclass(frozen=True)
class PublicFile:
    """What every process may know of the organisation (`public/organisation.json`)."""

    organisation_id: UUID
    name: str
    epoch: int
    public_key: bytes
    relay_public_key: bytes
    bot_verify_key: bytes
    demo: bool


def ensure_secrets(data_dir: Path) -> None:
    """Make the secrets that are missing, each in a file that only its owner can read."""
    folder = data_dir / "secrets"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, make in SECRETS.items():
        if not (folder / name).exists():
            write_private(folder / name, make())


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.rename(path)


def create_organisation(
    session: Session, *, data_dir: Path, name: str, demo: bool, login: str, passphrase: str, profile: KdfProfile
) -> bytes:
    """Make an organisation, its first key and its first intake worker; return the key's private half.

    The private half is kept nowhere but sealed to its holders; the caller may give it to further ones and forgets it.
    """
    organisation_id, key = uuid4(), PrivateKey.generate()
    session.add(Organisation(id=organisation_id, name=name, demo=demo, created_day=today()))
    session.flush()
    session.add(
        OrganisationKey(
            organisation_id=organisation_id,
            epoch=1,
            public_key=bytes(key.public_key),
            created_day=today(),
            retired_day=None,
        )
    )
    session.flush()
    add_staff(
        session,
        organisation_id=organisation_id,
        login=login,
        role=StaffRole.INTAKE,
        passphrase=passphrase,
        profile=profile,
        organisation_key=(1, bytes(key)),
    )
    write_public(data_dir, organisation_id=organisation_id, name=name, epoch=1, key=bytes(key.public_key), demo=demo)
    return bytes(key)


def write_public(data_dir: Path, *, organisation_id: UUID, name: str, epoch: int, key: bytes, demo: bool) -> None:
    """Write what every process may know of the organisation."""
    secret = data_dir / "secrets"
    relay = PrivateKey((secret / "relay_key").read_bytes()).public_key
    verify = SigningKey((secret / "bot_signing_key").read_bytes()).verify_key
    content = {
        "organisation_id": str(organisation_id),
        "name": name,
        "epoch": epoch,
        "public_key": _text(key),
        "relay_public_key": _text(bytes(relay)),
        "bot_verify_key": _text(bytes(verify)),
        "demo": demo,
    }
    folder = data_dir / "public"
    folder.mkdir(exist_ok=True)
    write_private(folder / "organisation.json", json.dumps(content, indent=2, ensure_ascii=False).encode())


def read_public(data_dir: Path) -> PublicFile:
    """Read the organisation's public file; raise `FileNotFoundError` if `korpu init` has not been run."""
    raw = json.loads((data_dir / "public" / "organisation.json").read_text(encoding="utf-8"))
    return PublicFile(
        organisation_id=UUID(raw["organisation_id"]),
        name=raw["name"],
        epoch=raw["epoch"],
        public_key=base64.b64decode(raw["public_key"]),
        relay_public_key=base64.b64decode(raw["relay_public_key"]),
        bot_verify_key=base64.b64decode(raw["bot_verify_key"]),
        demo=raw["demo"],
    )


def ensure_demo(engine: Engine, *, data_dir: Path) -> DemoAccount | None:
    """Make the demonstration's keys and its two staff accounts once; None when real keys are there."""
    ensure_secrets(data_dir)
    file = data_dir / "secrets" / DEMO_FILE
    with session_scope(engine) as session:
        organisation = session.scalars(select(Organisation)).first()
        if organisation is None:
            account = DemoAccount(DEMO_LOGIN, new_passphrase())
            _make_demo(session, data_dir, account)
            write_private(file, f"{account.login}\n{account.passphrase}\n".encode())
            return account
        if not organisation.demo or not file.exists():
            return None
    login, passphrase = file.read_text(encoding="utf-8").split()
    return DemoAccount(login, passphrase)


def _make_demo(session: Session, data_dir: Path, account: DemoAccount) -> None:
    private = create_organisation(
        session,
        data_dir=data_dir,
        name="Körpü demo",
        demo=True,
        login=account.login,
        passphrase=account.passphrase,
        profile=SMALL,
    )
    organisation = session.scalars(select(Organisation)).one()
    add_staff(
        session,
        organisation_id=organisation.id,
        login=DEMO_COLLEAGUE,
        role=StaffRole.INTAKE,
        passphrase=account.passphrase,
        profile=SMALL,
        organisation_key=(1, private),
    )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
