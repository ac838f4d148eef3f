"""The administration key: it signs the list of public keys and is kept offline, on a stick, under a passphrase."""

import base64
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from referral.crypto.staff import KdfProfile, StaffLock, lock_staff, unlock_staff
from referral.errors import ReferralError
from referral.published import PIN, write_private

DEMO_FILE = Path("secrets") / "demo_admin_key"


class AdminKeyError(ReferralError):
    """The administration key cannot be used; the message says why."""


def new_admin_key() -> bytes:
    """Return a new signing key."""
    return bytes(SigningKey.generate())


def save_admin_key(path: Path, admin_key: bytes, *, passphrase: str, profile: KdfProfile) -> None:
    """Write the key to a file, locked with a passphrase; raise `AdminKeyError` when the file is there already."""
    if path.exists():
        raise AdminKeyError(f"{path} exists already. Name another file for the administration key.")
    lock = {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for name, value in asdict(lock_staff(admin_key, passphrase, profile=profile)).items()
    }
    write_private(path, json.dumps({"korpu_admin_key": 1, **lock}, indent=1).encode())


def load_admin_key(path: Path, *, passphrase: str) -> bytes:
    """Return the key; raise `AdminKeyError` when the file cannot be read or the passphrase is wrong."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        lock = _lock(raw)
    except OSError as error:
        raise AdminKeyError(f"The administration key {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise AdminKeyError(f"{path} is not an administration key.") from error
    key = unlock_staff(passphrase, lock)
    if key is None:
        raise AdminKeyError("The passphrase of the administration key is wrong.")
    return key


def demo_admin_key(data_dir: Path) -> bytes:
    """Return the demonstration's key, made on first use; it lies beside the rest and protects nothing."""
    path = data_dir / DEMO_FILE
    if not path.exists():
        write_private(path, new_admin_key())
    return path.read_bytes()


def pin(data_dir: Path, admin_key: bytes) -> None:
    """Note the key's public half on this host, once; raise `AdminKeyError` when another one is pinned."""
    public = bytes(SigningKey(admin_key).verify_key)
    path = data_dir / PIN
    if not path.exists():
        write_private(path, public)
    if path.read_bytes() != public:
        raise AdminKeyError("This is not the administration key that this system was made with. Nothing was signed.")


def _lock(raw: dict[str, Any]) -> StaffLock:
    return StaffLock(
        salt=base64.b64decode(raw["salt"]),
        operations=int(raw["operations"]),
        memory=int(raw["memory"]),
        login_hash=base64.b64decode(raw["login_hash"]),
        locked_private_key=base64.b64decode(raw["locked_private_key"]),
    )
