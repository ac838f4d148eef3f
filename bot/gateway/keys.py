"""The gateway's secrets, read from files that only it can read."""

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class KeysMissing(Exception):
    """A secret's file is missing or unreadable; the message says which and what to do."""


@dataclass(frozen=True)
class Organisation:
    """The public half of the organisation that requests go to."""

    organisation_id: str
    name: str
    epoch: int
    public_key: bytes
    demo: bool
    retention_days: int


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


def load_organisation(data_dir: Path, *, retention_days: int) -> Organisation:
    """Read the organisation's public file; raise `KeysMissing` if there is none."""
    path = data_dir / "public" / "organisation.json"
    if not path.exists():
        raise KeysMissing(f"{path} is missing. Run `korpu init` (or `make run`, which makes demonstration keys).")
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Organisation(
        organisation_id=raw["organisation_id"],
        name=raw["name"],
        epoch=raw["epoch"],
        public_key=base64.b64decode(raw["public_key"]),
        demo=bool(raw["demo"]),
        retention_days=retention_days,
    )


def _secret(data_dir: Path, name: str) -> bytes:
    path = data_dir / "secrets" / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeysMissing(f"The secret {path} cannot be read. Run `korpu init` to make the keys.") from error
