"""The gateway's secrets, read from files that only it can read."""

import datetime as dt
import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from referral import KeyListError
from referral.crypto.manifest import Manifest
from referral.published import FILE, read_public

logger = logging.getLogger(__name__)


class KeysMissing(Exception):
    """A secret's file is missing or unreadable; the message says which and what to do."""


@dataclass(frozen=True)
class Organisation:
    """The public half of the organisation that requests go to, and the signed list of keys that names it."""

    organisation_id: str
    name: str
    epoch: int
    public_key: bytes
    demo: bool
    retention_days: int
    last_day: dt.date
    manifest: Manifest

    def takes_requests(self, *, today: dt.date) -> bool:
        """Tell whether the list that names this organisation is still valid."""
        return today <= self.last_day


@dataclass(frozen=True)
class GatewayKeys:
    """What the gateway holds: nothing here opens a stored case."""

    route_key: bytes
    index_key: bytes
    relay_key: bytes
    bot_signing_key: bytes
    code_pepper: bytes
    callback_key: bytes
    channel_secret: str

    def pseudonym(self, chat_id: int) -> str:
        """Return the name by which Rasa and the gateway's own state know a chat."""
        return hashlib.blake2b(
            str(chat_id).encode(), key=self.index_key, person=b"korpu-sender", digest_size=16
        ).hexdigest()


def load_keys(data_dir: Path) -> GatewayKeys:
    """Read the secrets; raise `KeysMissing` naming the file that is not there."""
    return GatewayKeys(
        route_key=_secret(data_dir, "route_key"),
        index_key=_secret(data_dir, "index_key"),
        relay_key=_secret(data_dir, "relay_key"),
        bot_signing_key=_secret(data_dir, "bot_signing_key"),
        code_pepper=_secret(data_dir, "code_pepper"),
        callback_key=_secret(data_dir, "callback_key"),
        channel_secret=_secret(data_dir, "channel_secret").decode("ascii").strip(),
    )


class Published:
    """The organisation that requests go to, read from the signed list of keys; anew when the file changes."""

    def __init__(self, data_dir: Path, *, retention_days: int) -> None:
        self._data_dir = data_dir
        self._retention_days = retention_days
        self._stamp = self._changed()
        self._organisation = self._load()

    def organisation(self) -> Organisation:
        """Return the organisation; a new list that cannot be believed is refused, and the one before stays."""
        stamp = self._changed()
        if stamp != self._stamp:
            try:
                self._organisation = self._load()
            except KeysMissing as error:
                logger.error("A new list of keys was refused: %s", error)
            self._stamp = stamp
        return self._organisation

    def _changed(self) -> int:
        try:
            return (self._data_dir / FILE).stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _load(self) -> Organisation:
        try:
            public = read_public(self._data_dir)
        except FileNotFoundError as error:
            raise KeysMissing(
                f"{error.filename} is missing. Run `korpu init` (or `make run`, which makes demonstration keys)."
            ) from error
        except KeyListError as error:
            raise KeysMissing(str(error)) from error
        return Organisation(
            organisation_id=str(public.organisation_id),
            name=public.name,
            epoch=public.epoch,
            public_key=public.public_key,
            demo=public.demo,
            retention_days=self._retention_days,
            last_day=public.manifest.expires,
            manifest=public.manifest,
        )


def _secret(data_dir: Path, name: str) -> bytes:
    """Read a secret from the data folder or, where systemd hands it over, from its folder of credentials."""
    given = Path(os.environ.get("CREDENTIALS_DIRECTORY") or "/nonexistent") / name
    path = given if given.exists() else data_dir / "secrets" / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeysMissing(f"The secret {path} cannot be read. Run `korpu init` to make the keys.") from error
