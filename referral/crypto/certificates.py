"""Certificates: whose public key is whose. Made with the organisation's key, so that a thief of the database has none.

Without them whoever can write into the database could put their own key beside a colleague's name, and the next case
that is assigned to the colleague would be sealed to the thief.
"""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from referral.errors import ForgedRecord

_PURPOSE = b"korpu-certificate-1\x00"


@dataclass(frozen=True)
class StaffIdentity:
    """What a certificate vouches for."""

    organisation_id: UUID
    epoch: int
    staff_id: UUID
    login: str
    role: str
    public_key: bytes
    verify_key: bytes

    def as_bytes(self) -> bytes:
        """Return it in one fixed form, for signing."""
        parts = [
            self.organisation_id.hex,
            self.epoch,
            self.staff_id.hex,
            self.login,
            self.role,
            self.public_key.hex(),
            self.verify_key.hex(),
        ]
        return _PURPOSE + json.dumps(parts, separators=(",", ":")).encode()


def organisation_signing_key(private_key: bytes) -> bytes:
    """Derive the seed with which an organisation certifies its staff from its private key."""
    return hashlib.blake2b(private_key, digest_size=32, person=b"korpu-org-sign").digest()


def organisation_verify_key(private_key: bytes) -> bytes:
    """Return the public half of the key that certifies staff."""
    return bytes(SigningKey(organisation_signing_key(private_key)).verify_key)


def certify(identity: StaffIdentity, *, organisation_key: bytes) -> bytes:
    """Return a certificate; `organisation_key` is the organisation's private key of the identity's epoch."""
    return SigningKey(organisation_signing_key(organisation_key)).sign(identity.as_bytes()).signature


def check_certificate(identity: StaffIdentity, certificate: bytes, *, verify_key: bytes) -> None:
    """Raise `ForgedRecord` unless the organisation of this key vouched for exactly this identity."""
    try:
        VerifyKey(verify_key).verify(identity.as_bytes(), certificate)
    except (BadSignatureError, ValueError) as error:
        raise ForgedRecord(
            f"The key of {identity.login!r} is not certified by the organisation. Do not use it; "
            "tell the person who runs Körpü."
        ) from error
