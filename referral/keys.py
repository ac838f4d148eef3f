"""The bot's secrets: one file each, which only its owner can read."""

import secrets
from collections.abc import Callable
from pathlib import Path

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.feedback.content_key import FILE as CONTENT_KEY
from referral.published import write_private

SECRETS: dict[str, Callable[[], bytes]] = {
    "route_key": lambda: secrets.token_bytes(32),
    "index_key": lambda: secrets.token_bytes(32),
    "relay_key": lambda: bytes(PrivateKey.generate()),
    "bot_signing_key": lambda: bytes(SigningKey.generate()),
    "code_pepper": lambda: secrets.token_bytes(16),
    "callback_key": lambda: secrets.token_bytes(32),
    "channel_secret": lambda: secrets.token_hex(32).encode("ascii"),
    "console_session_key": lambda: secrets.token_bytes(32),
    "statistics_key": lambda: secrets.token_bytes(32),
    "content_key": lambda: bytes(PrivateKey.generate()),
}


def ensure_secrets(data_dir: Path) -> None:
    """Make the secrets that are missing, each in a file that only its owner can read, and the public content key."""
    folder = data_dir / "secrets"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, make in SECRETS.items():
        if not (folder / name).exists():
            write_private(folder / name, make())
    _publish_content_key(data_dir)


def _publish_content_key(data_dir: Path) -> None:
    """Write the public half, also over one of another key: what is sealed to that would open for nobody here."""
    public = data_dir / CONTENT_KEY
    key = bytes(PrivateKey((data_dir / "secrets" / "content_key").read_bytes()).public_key)
    if not public.exists() or public.read_bytes() != key:
        public.parent.mkdir(mode=0o700, exist_ok=True)
        write_private(public, key)
