"""Escrow: an organisation's key in the hands of three custodians, any two of whom can open it and none alone.

Pairwise seals with libsodium alone: for each of the pairs AB, AC and BC the secret is sealed to the one and the result
to the other (security.md §2). Each custodian keeps 32 bytes on paper.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

from nacl.public import PrivateKey

from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.errors import SealBroken

CUSTODIANS = 3
PAIRS = ("12", "13", "23")
_CHECK_BYTES = 3
_GROUP = 5
_WRONG = "A letter or digit of this key is wrong or missing. Compare it with the paper."
_MISREAD = str.maketrans("018", "OIB")  # digits that base32 does not have, for letters that look like them


def new_custodian() -> tuple[bytes, str]:
    """Return a custodian's public key, and what they keep on paper."""
    private = PrivateKey.generate()
    return bytes(private.public_key), paper_from_key(bytes(private))


def paper_from_key(private_key: bytes) -> str:
    """Return a private key as letters and digits in groups of five, with a check at its end."""
    text = base64.b32encode(private_key + _check(private_key)).decode().rstrip("=")
    return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def key_from_paper(text: str) -> bytes:
    """Read what a custodian typed; raise `ValueError` when a letter is wrong or missing."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise ValueError(_WRONG) from None
    key, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
    if len(key) != PrivateKey.SIZE or not hmac.compare_digest(check, _check(key)):
        raise ValueError(_WRONG)
    return key


def share(secret: bytes, custodians: Sequence[bytes]) -> dict[str, Sealed]:
    """Seal a secret to each pair of the three custodians' public keys; raise `ValueError` for another number."""
    if len(custodians) != CUSTODIANS or len(set(custodians)) != CUSTODIANS:
        raise ValueError(f"Escrow needs {CUSTODIANS} different custodians.")
    return {pair: _to_both(secret, *(custodians[int(place) - 1] for place in pair)) for pair in PAIRS}


def recover(shares: Mapping[str, Sealed], one: bytes, other: bytes) -> bytes:
    """Return the secret with two custodians' private keys, in either order; raise `SealBroken`."""
    for first, second in ((one, other), (other, one)):
        for sealed in shares.values():
            try:
                return open_bytes(second, Sealed(open_bytes(first, sealed)))
            except (SealBroken, ValueError):
                continue
    raise SealBroken("These two keys do not open the organisation's key. They must be two different custodians' keys.")


def _to_both(secret: bytes, first: bytes, second: bytes) -> Sealed:
    return seal_bytes(first, seal_bytes(second, secret).blob)


def _check(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_CHECK_BYTES, person=b"korpu-paper").digest()
