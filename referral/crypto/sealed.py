"""Sealed values: ciphertext that cannot be confused with text."""

import base64
from dataclasses import dataclass

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from referral.errors import SealBroken

BLOCK = 256  # sizes tell nothing finer than this
OVERHEAD = 48  # an ephemeral public key and a MAC (libsodium's sealed box)


@dataclass(frozen=True)
class Sealed:
    """Bytes that only the holder of a private key can open; `repr` shows their size alone."""

    blob: bytes

    def __post_init__(self) -> None:
        if not isinstance(self.blob, bytes):
            raise TypeError("A sealed value is made of bytes; text must be sealed first.")
        if len(self.blob) <= OVERHEAD:
            raise ValueError("These bytes are too short to be a sealed value.")

    def __repr__(self) -> str:
        return f"Sealed({len(self.blob)} bytes)"

    def text(self) -> str:
        """Return the ciphertext in base64, for JSON."""
        return base64.urlsafe_b64encode(self.blob).decode()

    @classmethod
    def from_text(cls, text: str) -> "Sealed":
        """Read what `text` gave; raise `ValueError` when it is not base64."""
        return cls(base64.b64decode(text, altchars=b"-_", validate=True))


def seal_bytes(public_key: bytes, data: bytes) -> Sealed:
    """Seal bytes to a public key, padded to a multiple of 256.

    The sender cannot open it again: the sealed box forgets its own ephemeral key (security.md, trap 2).
    """
    return Sealed(bytes(SealedBox(PublicKey(public_key)).encrypt(sodium_pad(data, BLOCK))))


def open_bytes(private_key: bytes, sealed: Sealed) -> bytes:
    """Return what was sealed; raise `SealBroken` when it was changed or is for another key."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(sealed.blob)
        return bytes(sodium_unpad(padded, BLOCK))
    except CryptoError as error:  # PyNaCl's own ValueError is one too
        raise SealBroken("This sealed value cannot be opened with this key.") from error
