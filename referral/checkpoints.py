"""Signed checkpoints of the audit log, kept elsewhere: without one nobody can see that its end was cut off."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.audit import head
from referral.errors import ReferralError
from referral.models import AuditEvent

FILE = "audit-checkpoints.jsonl"
_PURPOSE = b"korpu-checkpoint-1\x00"


class BadCheckpoint(ReferralError):
    """A checkpoint is not of its form, or not signed by the bot."""


@dataclass(frozen=True)
class Checkpoint:
    """How long the log was at a moment, and the hash of its last entry."""

    seq: int
    hash: bytes
    at: dt.datetime

    def as_bytes(self) -> bytes:
        """Return it in one fixed form, for signing."""
        return _PURPOSE + json.dumps([self.seq, self.hash.hex(), self.at.isoformat()]).encode()


@dataclass(frozen=True)
class Signed:
    """A checkpoint as a line for the file, and in a few letters for people."""

    line: str
    short: str


def make(session: Session, *, signing_key: bytes, now: dt.datetime) -> Signed | None:
    """Return a signed checkpoint of the log, None while the log is empty."""
    last = head(session)
    if last is None:
        return None
    checkpoint = Checkpoint(last[0], last[1], now.replace(second=0, microsecond=0))
    signature = SigningKey(signing_key).sign(checkpoint.as_bytes()).signature
    parts = {
        "seq": checkpoint.seq,
        "hash": checkpoint.hash.hex(),
        "at": checkpoint.at.isoformat(),
        "signature": base64.b64encode(signature).decode(),
    }
    return Signed(json.dumps(parts, separators=(",", ":")), short(checkpoint.seq, checkpoint.hash))


def read(line: str, *, verify_keys: Iterable[bytes]) -> Checkpoint:
    """Read a checkpoint; raise `BadCheckpoint` unless one of the bot's keys signed it."""
    try:
        raw = json.loads(line)
        found = Checkpoint(int(raw["seq"]), bytes.fromhex(raw["hash"]), dt.datetime.fromisoformat(raw["at"]))
        signature = base64.b64decode(raw["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise BadCheckpoint("This is not a checkpoint of the audit log.") from error
    if not any(_signed(key, found, signature) for key in verify_keys):
        raise BadCheckpoint("This checkpoint is not signed by the bot.")
    return found


def compare(session: Session, checkpoint: Checkpoint) -> str | None:
    """Return what is wrong with the log in the light of a checkpoint, None when it fits."""
    row = session.scalars(select(AuditEvent).where(AuditEvent.seq == checkpoint.seq)).first()
    when = f"{checkpoint.at:%Y-%m-%d %H:%M}"
    if row is None:
        return f"The log ends before entry {checkpoint.seq}, which was there on {when}: its end was cut off."
    if row.hash != checkpoint.hash:
        return f"Entry {checkpoint.seq} is not the one that was there on {when}: the log was written anew."
    return None


def short(seq: int, entry_hash: bytes) -> str:
    """Return an entry's number and a few letters of its hash, to be sent to a chat or read out over the phone."""
    digest = hashlib.blake2b(entry_hash, digest_size=5).digest()
    return f"{seq}-{base64.b32encode(digest).decode()}"


def keep(folder: Path, line: str) -> None:
    """Write a checkpoint behind the others; the folder should lie on another machine than the database."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def kept(path: Path) -> list[str]:
    """Return the checkpoints of a file, oldest first."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _signed(key: bytes, checkpoint: Checkpoint, signature: bytes) -> bool:
    try:
        VerifyKey(key).verify(checkpoint.as_bytes(), signature)
    except (BadSignatureError, ValueError):
        return False
    return True
