"""The signed list of public keys. Gateway and console believe no key that is not in it.

It is signed with a key that is kept offline; its public half is pinned on each host. A number that only grows refuses
an older list that somebody puts back in its place.
"""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from referral.errors import ManifestExpired, ManifestForged, ManifestRolledBack

VERSION = 1
_PURPOSE = b"korpu-manifest-1\x00"


@dataclass(frozen=True)
class ListedOrganisation:
    """An organisation's public keys: the present epoch, and the keys that checked earlier certificates."""

    organisation_id: UUID
    name: str
    epoch: int
    public_key: bytes
    verify_keys: Mapping[int, bytes]


@dataclass(frozen=True)
class Manifest:
    """What is signed. `intake` is the organisation that new requests go to."""

    number: int
    issued: dt.date
    expires: dt.date
    demo: bool
    intake: UUID
    relay_public_key: bytes
    bot_verify_keys: tuple[bytes, ...]
    custodians: tuple[bytes, ...]
    organisations: tuple[ListedOrganisation, ...]

    def organisation(self, organisation_id: UUID) -> ListedOrganisation | None:
        """Return an organisation of the list."""
        return next((own for own in self.organisations if own.organisation_id == organisation_id), None)


@dataclass(frozen=True)
class Seen:
    """The newest list that a host has believed: its number, and each organisation's epoch."""

    number: int
    epochs: Mapping[UUID, int]


def sign_manifest(manifest: Manifest, *, admin_key: bytes) -> bytes:
    """Return the signed list as a file's content."""
    body = json.dumps(_to_json(manifest), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = SigningKey(admin_key).sign(_PURPOSE + body.encode()).signature
    return json.dumps({"body": body, "signature": _text(signature)}, ensure_ascii=False, indent=1).encode()


def open_manifest(content: bytes, *, admin_verify_key: bytes, seen: Seen | None = None) -> Manifest:
    """Return a list after checking its signature and that it is not older than the one seen before.

    Raise `ManifestForged` or `ManifestRolledBack`. `check_current` looks at the date.
    """
    try:
        outer = json.loads(content)
        body, signature = outer["body"], base64.b64decode(outer["signature"], validate=True)
        VerifyKey(admin_verify_key).verify(_PURPOSE + body.encode(), signature)
    except (BadSignatureError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestForged("The list of keys is not signed with this system's administration key.") from error
    manifest = _from_json(json.loads(body))
    if seen is not None:
        _refuse_older(manifest, seen)
    return manifest


def check_current(manifest: Manifest, *, today: dt.date) -> None:
    """Raise `ManifestExpired` when the list's last day is over."""
    if today > manifest.expires:
        raise ManifestExpired(
            f"The list of keys ended on {manifest.expires.isoformat()}. Sign it anew: `korpu keys sign`."
        )


def seen_from(manifest: Manifest) -> Seen:
    """Return what a host must remember of a list that it believed."""
    return Seen(manifest.number, {own.organisation_id: own.epoch for own in manifest.organisations})


def seen_to_text(seen: Seen) -> str:
    """Return it as a file's content."""
    epochs = {organisation.hex: epoch for organisation, epoch in seen.epochs.items()}
    return json.dumps({"number": seen.number, "epochs": epochs})


def seen_from_text(text: str) -> Seen:
    """Read what `seen_to_text` gave; raise `ManifestForged` when it is something else."""
    try:
        raw = json.loads(text)
        return Seen(int(raw["number"]), {UUID(hex=key): int(epoch) for key, epoch in raw["epochs"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestForged("The note of the newest list of keys cannot be read.") from error


def _refuse_older(manifest: Manifest, seen: Seen) -> None:
    if manifest.number < seen.number:
        raise ManifestRolledBack(f"The list of keys is number {manifest.number}; number {seen.number} was seen before.")
    for organisation in manifest.organisations:
        if organisation.epoch < seen.epochs.get(organisation.organisation_id, 0):
            raise ManifestRolledBack(f"The list of keys names an old key of {organisation.name!r}.")


def _to_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "v": VERSION,
        "number": manifest.number,
        "issued": manifest.issued.isoformat(),
        "expires": manifest.expires.isoformat(),
        "demo": manifest.demo,
        "intake": manifest.intake.hex,
        "relay_public_key": _text(manifest.relay_public_key),
        "bot_verify_keys": [_text(key) for key in manifest.bot_verify_keys],
        "custodians": [_text(key) for key in manifest.custodians],
        "organisations": [
            {
                "id": own.organisation_id.hex,
                "name": own.name,
                "epoch": own.epoch,
                "public_key": _text(own.public_key),
                "verify_keys": {str(epoch): _text(key) for epoch, key in own.verify_keys.items()},
            }
            for own in manifest.organisations
        ],
    }


def _from_json(raw: Mapping[str, Any]) -> Manifest:
    if raw.get("v") != VERSION:
        raise ManifestForged("The list of keys has a form that this version does not know.")
    return Manifest(
        number=raw["number"],
        issued=dt.date.fromisoformat(raw["issued"]),
        expires=dt.date.fromisoformat(raw["expires"]),
        demo=raw["demo"],
        intake=UUID(hex=raw["intake"]),
        relay_public_key=base64.b64decode(raw["relay_public_key"]),
        bot_verify_keys=tuple(base64.b64decode(key) for key in raw["bot_verify_keys"]),
        custodians=tuple(base64.b64decode(key) for key in raw["custodians"]),
        organisations=tuple(_organisation(own) for own in raw["organisations"]),
    )


def _organisation(raw: Mapping[str, Any]) -> ListedOrganisation:
    return ListedOrganisation(
        organisation_id=UUID(hex=raw["id"]),
        name=raw["name"],
        epoch=raw["epoch"],
        public_key=base64.b64decode(raw["public_key"]),
        verify_keys={int(epoch): base64.b64decode(key) for epoch, key in raw["verify_keys"].items()},
    )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
