"""What belongs to one case, signed by the bot when the case is made: its key, and the code that leads to it.

All of it stands in the database in clear. Without the signature whoever can write there could put a key of their own
beside a case, and the next message of the person or the next reply would be sealed to them.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from referral.errors import ForgedRecord

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_PURPOSE = b"korpu-binding-1\x00"


@dataclass(frozen=True)
class Binding:
    """A case's public key, and a hash of its code's tag and key, so that the tag itself need not travel."""

    case_id: UUID
    public_key: bytes
    code_hash: bytes

    @classmethod
    def of(cls, *, case_id: UUID, public_key: bytes, code_tag: bytes, reply_public_key: bytes) -> "Binding":
        """Return what belongs to a case."""
        digest = hashlib.blake2b(code_tag + reply_public_key, digest_size=KEY_BYTES, person=b"korpu-code")
        return cls(case_id, public_key, digest.digest())

    def as_bytes(self) -> bytes:
        """Return it in one fixed form, for signing."""
        return _PURPOSE + json.dumps([self.case_id.hex, self.public_key.hex(), self.code_hash.hex()]).encode()


def sign_binding(binding: Binding, *, signing_key: bytes) -> bytes:
    """Return the bot's signature."""
    return SigningKey(signing_key).sign(binding.as_bytes()).signature


def check_binding(binding: Binding, signature: bytes, *, verify_keys: Collection[bytes]) -> None:
    """Raise `ForgedRecord` unless one of the bot's keys signed exactly this."""
    if not any(_signed(binding, signature, key) for key in verify_keys):
        raise ForgedRecord(
            "The key of this case, or the code that leads to it, was exchanged. Do not use the case; "
            "tell the person who runs Körpü."
        )


def pack_address(binding: Binding, signature: bytes) -> bytes:
    """Return what a process that has no key must hand over so that something can be sealed to a case."""
    return binding.public_key + binding.code_hash + signature


def unpack_address(case_id: UUID, address: bytes) -> tuple[Binding, bytes]:
    """Return what such a process claims of a case; raise `ForgedRecord` when it is not of its form."""
    if len(address) != 2 * KEY_BYTES + SIGNATURE_BYTES:
        raise ForgedRecord("The address of a case is not of its form.")
    binding = Binding(case_id, address[:KEY_BYTES], address[KEY_BYTES : 2 * KEY_BYTES])
    return binding, address[2 * KEY_BYTES :]


def _signed(binding: Binding, signature: bytes, key: bytes) -> bool:
    try:
        VerifyKey(key).verify(binding.as_bytes(), signature)
    except (BadSignatureError, ValueError):
        return False
    return True
