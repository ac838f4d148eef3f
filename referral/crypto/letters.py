"""What a caseworker writes to a person, signed by its author with a key that the organisation vouches for.

Everybody can seal something to a public key. Without the signature whoever can write into the database could put words
of their own under a person's code or on the way to their chat, and the bot would show them as a caseworker's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from referral.crypto.certificates import StaffIdentity, check_certificate
from referral.crypto.manifest import Manifest
from referral.enums import StaffRole
from referral.errors import ForgedRecord, RecordMismatch

_PURPOSE = b"korpu-letter-1\x00"
_SEAL = "signed"
_NOT_GENUINE = "This was not written by a caseworker of an organisation in the signed list of keys."


@dataclass(frozen=True)
class Author:
    """Who writes: whose certificate says that this key is theirs, and the key itself."""

    identity: StaffIdentity
    certificate: bytes
    signing_key: bytes

    def __repr__(self) -> str:
        return f"Author({self.identity.staff_id})"


def sign_letter(body: Mapping[str, object], *, author: Author) -> bytes:
    """Return a letter's body as JSON, with its author's signature and certificate in it."""
    own = author.identity
    seal = {
        "organisation": own.organisation_id.hex,
        "epoch": own.epoch,
        "staff": own.staff_id.hex,
        "login": own.login,
        "role": own.role,
        "public_key": own.public_key.hex(),
        "verify_key": own.verify_key.hex(),
        "certificate": author.certificate.hex(),
        "signature": SigningKey(author.signing_key).sign(_signed_part(body)).signature.hex(),
    }
    return json.dumps({**body, _SEAL: seal}, ensure_ascii=False).encode()


def open_letter(content: bytes, *, case_id: UUID, manifest: Manifest) -> dict[str, Any]:
    """Return the body of a letter about this case.

    Raise `ForgedRecord` unless a caseworker of a listed organisation wrote it, `RecordMismatch` when it is about
    another case.
    """
    try:
        body = json.loads(content)
        seal = body.pop(_SEAL)
        identity = _identity(seal)
        certificate, signature = bytes.fromhex(seal["certificate"]), bytes.fromhex(seal["signature"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ForgedRecord(_NOT_GENUINE) from None  # the cause would quote what was written
    _check_author(identity, certificate, manifest)
    try:
        VerifyKey(identity.verify_key).verify(_signed_part(body), signature)
    except (BadSignatureError, ValueError):
        raise ForgedRecord(_NOT_GENUINE) from None
    if body.get("case_id") != case_id.hex:
        raise RecordMismatch("A reply was written for another case.")
    return dict(body)


def _identity(seal: Mapping[str, Any]) -> StaffIdentity:
    return StaffIdentity(
        organisation_id=UUID(hex=seal["organisation"]),
        epoch=seal["epoch"],
        staff_id=UUID(hex=seal["staff"]),
        login=seal["login"],
        role=seal["role"],
        public_key=bytes.fromhex(seal["public_key"]),
        verify_key=bytes.fromhex(seal["verify_key"]),
    )


def _check_author(identity: StaffIdentity, certificate: bytes, manifest: Manifest) -> None:
    """Believe the organisation's present key and its earlier ones: a reply may wait longer than a key lives."""
    listed = manifest.organisation(identity.organisation_id)
    key = None if listed is None else listed.verify_keys.get(identity.epoch)
    if key is None or identity.role == StaffRole.EDITOR:
        raise ForgedRecord(_NOT_GENUINE)
    check_certificate(identity, certificate, verify_key=key)


def _signed_part(body: Mapping[str, object]) -> bytes:
    return _PURPOSE + json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
