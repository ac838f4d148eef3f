"""Staff keys: the private half opens with the passphrase or the recovery code only, and neither is ever stored."""

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
from nacl.signing import SigningKey

MEBIBYTE = 1024 * 1024
RECOVERY_WORDS = 8
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
    """A member of staff's new key pairs, one to open and one to sign, and the two locks of their private half."""

    public_key: bytes
    verify_key: bytes
    private_key: bytes
    lock: StaffLock
    recovery: StaffLock

    def __repr__(self) -> str:
        return "StaffKeys()"


def new_staff_keys(passphrase: str, *, recovery_code: str, profile: KdfProfile) -> StaffKeys:
    """Make a key pair; its private half opens with the passphrase, and with the recovery code."""
    private = PrivateKey.generate()
    return StaffKeys(
        public_key=bytes(private.public_key),
        verify_key=bytes(SigningKey(staff_signing_key(bytes(private))).verify_key),
        private_key=bytes(private),
        lock=lock_staff(bytes(private), passphrase, profile=profile),
        recovery=lock_staff(bytes(private), recovery_code, profile=profile),
    )


def lock_staff(private_key: bytes, passphrase: str, *, profile: KdfProfile) -> StaffLock:
    """Lock a private key with a passphrase by Argon2id, under a new salt."""
    salt = secrets.token_bytes(16)
    login, box_key = _halves(passphrase, salt, profile.operations, profile.memory)
    locked = bytes(SecretBox(box_key).encrypt(private_key))
    return StaffLock(salt, profile.operations, profile.memory, _login_hash(login), locked)


def unlock_staff(passphrase: str, lock: StaffLock) -> bytes | None:
    """Return the private key, or None when the passphrase is wrong."""
    login, box_key = _halves(passphrase, lock.salt, lock.operations, lock.memory)
    if not hmac.compare_digest(_login_hash(login), lock.login_hash):
        return None
    try:
        return bytes(SecretBox(box_key).decrypt(lock.locked_private_key))
    except CryptoError:
        return None


def staff_signing_key(private_key: bytes) -> bytes:
    """Derive the seed with which a member of staff signs what they write; one secret to keep, two keys."""
    return hashlib.blake2b(private_key, digest_size=32, person=b"korpu-staffsign").digest()


def new_recovery_code() -> str:
    """Return eight made-up words to be kept on paper, for who has lost the passphrase: 98 bits."""
    return new_passphrase(RECOVERY_WORDS)


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
