"""What somebody can open: every key on every blob in every way that we encrypt, and with what comes out again.

The ways are libsodium's own functions, not ours, so that a check of ours that refuses to open something hides nothing.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from nacl.bindings import sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.secret import Aead, SecretBox

from referral.crypto.sealed import BLOCK
from referral.crypto.staff import StaffLock, unlock_staff
from tests.referral.matrix.blobs import Blob
from tests.referral.matrix.contents import Content

KEY_BYTES = 32
SHORTEST = 40  # nonce and MAC: nothing shorter can hold anything
PURPOSES = (b"korpu route 2", b"korpu on call 1", b"")


@dataclass(frozen=True)
class Holding:
    """What somebody has at the beginning."""

    keys: frozenset[bytes] = frozenset()
    words: frozenset[str] = frozenset()
    blobs: frozenset[Blob] = frozenset()


class Locks:
    """The locks of the staff table by what they lock, and which words open which."""

    def __init__(self, locks: Collection[StaffLock]) -> None:
        self._locks = {lock.locked_private_key: lock for lock in locks}
        self._tried: dict[tuple[str, bytes], bytes | None] = {}

    def has(self, blob: Blob) -> bool:
        """Tell whether this is a lock."""
        return blob.value in self._locks

    def open(self, words: str, blob: Blob) -> bytes | None:
        """Return the private key behind a lock, None when these words do not open it."""
        place = (words, blob.value)
        if place not in self._tried:
            self._tried[place] = unlock_staff(words, self._locks[blob.value])
        return self._tried[place]


def opened(holding: Holding, locks: Locks) -> dict[Blob, bytes]:
    """Return everything that opens and what it opens to; that is tried again until nothing new comes."""
    found = _by_words(holding, locks)
    keys = {*holding.keys, *found.values()}
    blobs = {blob for blob in holding.blobs if len(blob.value) > SHORTEST}
    new_keys, new_blobs = set(keys), set[Blob]()
    while new_keys or new_blobs:
        pairs = [(key, blob) for key in new_keys for blob in blobs] + [
            (key, blob) for key in keys for blob in new_blobs
        ]
        new_keys, new_blobs = set(), set()
        for key, blob in pairs:
            plain = _plain(key, blob)
            inner = None if plain is None else _inner(blob, plain)
            if inner is not None:
                new_blobs.add(inner)
            elif plain is not None:
                found[blob] = plain
                new_keys |= _keys_in(plain)
        new_keys, new_blobs = new_keys - keys, new_blobs - blobs
        keys |= new_keys
        blobs |= new_blobs
    return {blob: found[blob] for blob in blobs & set(found) if blob in holding.blobs} | _shares(found, holding.blobs)


def in_clear(blobs: Collection[Blob]) -> frozenset[bytes]:
    """Return every stored value that has the length of a key: a public key, hash or tag must not open anything."""
    return frozenset(blob.value for blob in blobs if len(blob.value) == KEY_BYTES)


def keys_behind(holding: Holding, locks: Locks, contents: Collection[Content]) -> frozenset[bytes]:
    """Return the keys that somebody can write down: what opens to them, of some meanings."""
    return frozenset(plain for blob, plain in opened(holding, locks).items() if blob.content in contents)


def _by_words(holding: Holding, locks: Locks) -> dict[Blob, bytes]:
    tried = {blob: locks.open(words, blob) for words in holding.words for blob in holding.blobs if locks.has(blob)}
    return {blob: private for blob, private in tried.items() if private is not None}


def _inner(blob: Blob, plain: bytes) -> Blob | None:
    """Return the second layer of an escrow share: the first one alone is nothing yet."""
    if blob.content is Content.ORGANISATION_KEY and len(plain) > KEY_BYTES:
        return Blob(blob.column, plain, blob.content, bound=blob.value)
    return None


def _shares(found: dict[Blob, bytes], stored: frozenset[Blob]) -> dict[Blob, bytes]:
    """Return the stored shares of which the second layer opened too."""
    secrets = {blob.bound: plain for blob, plain in found.items() if blob not in stored}
    return {blob: secrets[blob.value] for blob in stored if blob.value in secrets}


def _keys_in(plain: bytes) -> set[bytes]:
    """Return what may be a key in something opened: itself, or a value of JSON in hexadecimal."""
    if len(plain) == KEY_BYTES:
        return {plain}
    try:
        texts = json.loads(plain).values()
    except (ValueError, AttributeError):
        return set()
    return {bytes.fromhex(text) for text in texts if isinstance(text, str) and _is_hexadecimal(text)}


def _is_hexadecimal(text: str) -> bool:
    return len(text) == 2 * KEY_BYTES and not set(text) - set("0123456789abcdef")


@cache
def _plain(key: bytes, blob: Blob) -> bytes | None:
    """Return what a key opens a value to, in any way, without its padding."""
    if len(key) != KEY_BYTES:
        return None
    for way in (_by_sealed_box, _by_secret_box, _by_aead):
        plain = way(key, blob)
        if plain is not None:
            return _without_padding(plain)
    return None


@cache
def _box(key: bytes) -> SealedBox[PrivateKey]:
    return SealedBox(PrivateKey(key))


def _by_sealed_box(key: bytes, blob: Blob) -> bytes | None:
    try:
        return bytes(_box(key).decrypt(blob.value))
    except (CryptoError, ValueError):
        return None


def _by_secret_box(key: bytes, blob: Blob) -> bytes | None:
    try:
        return bytes(SecretBox(key).decrypt(blob.value))
    except (CryptoError, ValueError):
        return None


def _by_aead(key: bytes, blob: Blob) -> bytes | None:
    for bound in (*PURPOSES, blob.bound):
        try:
            return bytes(Aead(key).decrypt(blob.value, bound))
        except (CryptoError, ValueError):
            continue
    return None


def _without_padding(plain: bytes) -> bytes:
    try:
        return bytes(sodium_unpad(plain, BLOCK))
    except (CryptoError, ValueError, TypeError):
        return plain
