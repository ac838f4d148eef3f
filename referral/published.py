"""What every process may know: the signed list of public keys, read and believed only when it is genuine."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from referral.crypto.manifest import Manifest, open_manifest, seen_from, seen_from_text, seen_to_text
from referral.errors import ManifestForged

FILE = Path("public") / "manifest.json"
PIN = Path("secrets") / "admin_verify_key"
SEEN = Path("secrets") / "manifest_seen"


@dataclass(frozen=True)
class PublicFile:
    """The organisation that new requests go to, and the list that names it."""

    organisation_id: UUID
    name: str
    epoch: int
    public_key: bytes
    relay_public_key: bytes
    bot_verify_keys: tuple[bytes, ...]
    demo: bool
    manifest: Manifest


def read_public(data_dir: Path) -> PublicFile:
    """Read the list of keys; raise `FileNotFoundError` without one, `KeyListError` when it cannot be believed.

    The newest list that was believed is remembered, so that an older one is refused ever after.
    """
    manifest = _believed(data_dir, (data_dir / FILE).read_bytes())
    own = manifest.organisation(manifest.intake)
    if own is None:
        raise ManifestForged("The list of keys names no organisation that takes requests.")
    return PublicFile(
        organisation_id=own.organisation_id,
        name=own.name,
        epoch=own.epoch,
        public_key=own.public_key,
        relay_public_key=manifest.relay_public_key,
        bot_verify_keys=manifest.bot_verify_keys,
        demo=manifest.demo,
        manifest=manifest,
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.rename(path)


def _believed(data_dir: Path, content: bytes) -> Manifest:
    pin, memory = (data_dir / PIN).read_bytes(), data_dir / SEEN
    seen = seen_from_text(memory.read_text(encoding="utf-8")) if memory.exists() else None
    manifest = open_manifest(content, admin_verify_key=pin, seen=seen)
    if seen is None or seen != seen_from(manifest):
        write_private(memory, seen_to_text(seen_from(manifest)).encode())
    return manifest
