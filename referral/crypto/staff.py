"""Staff keys: the private half opens with the passphrase only, and the passphrase is never stored."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

MEBIBYTE = 1024 * 1024
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
NOT_NICE = frozenset({"kaka", "puta", "pipi", "popo", "fuka", "sika", "pupu", "kusi", "sisa"})


@dataclass(frozen=True)
class KdfProfile:
    """How hard guessing a passphrase is made: passes, and memory in bytes."""

    operations: int = 3
    memory: int = 256 * MEBIBYTE


SMALL = KdfProfile(memory=64 * MEBIBYTE)


@dataclass(frozen=True)
class StaffLock:
    """What is stored of a passphrase: salt, profile, a hash for sign-in, and the locked private key."""

    salt: bytes
    operations: int
    memory: int
    login_hash: bytes
    locked_private_key: bytes


@dataclass(frozen=True)
class StaffKeys:
    """A member of staff's new key pair and its lock."""

    public_key: bytes
    private_key: bytes
    lock: StaffLock

    def __repr__(self) -> str:
        return "StaffKeys()"


def new_staff_keys(passphrase: str, *, profile: KdfProfile) -> StaffKeys:
    """Make a key pair and lock its private half with a passphrase by Argon2id."""
    private = PrivateKey.generate()
    salt = secrets.token_bytes(16)
    login, box_key = _halves(passphrase, salt, profile.operations, profile.memory)
    locked = bytes(SecretBox(box_key).encrypt(bytes(private)))
    lock = StaffLock(salt, profile.operations, profile.memory, _login_hash(login), locked)
    return StaffKeys(bytes(private.public_key), bytes(private), lock)


def unlock_staff(passphrase: str, lock: StaffLock) -> bytes | None:
    """Return the private key, or None when the passphrase is wrong."""
    login, box_key = _halves(passphrase, lock.salt, lock.operations, lock.memory)
    if not hmac.compare_digest(_login_hash(login), lock.login_hash):
        return None
    try:
        return bytes(SecretBox(box_key).decrypt(lock.locked_private_key))
    except CryptoError:
        return None


def new_passphrase(words: int = 6) -> str:
    """Return made-up words that can be said in any language; six of the 4,900 are 73 bits."""
    return "-".join(secrets.choice(_word_list()) for _ in range(words))


def _halves(passphrase: str, salt: bytes, operations: int, memory: int) -> tuple[bytes, bytes]:
    secret = argon2id.kdf(64, passphrase.strip().encode(), salt, opslimit=operations, memlimit=memory)
    return secret[:32], secret[32:]


def _login_hash(login: bytes) -> bytes:
    return hashlib.blake2b(login, digest_size=32, person=b"korpu-login").digest()


@lru_cache(maxsize=1)
def _word_list() -> tuple[str, ...]:
    words = ("".join(letters) for letters in product(CONSONANTS, VOWELS, CONSONANTS, VOWELS))
    return tuple(word for word in words if word not in NOT_NICE)
