"""Staff keys and their locks."""

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.crypto import staff
from referral.crypto.staff import (
    NOT_NICE,
    SMALL,
    KdfProfile,
    lock_staff,
    new_passphrase,
    new_recovery_code,
    new_staff_keys,
    staff_signing_key,
    unlock_staff,
)

QUICK = KdfProfile(operations=1, memory=8 * 1024 * 1024)
PRIVATE = bytes(range(32))


def test_guessing_is_as_hard_as_it_was_decided() -> None:
    assert (KdfProfile().operations, KdfProfile().memory) == (3, 256 * 1024 * 1024)
    assert (SMALL.operations, SMALL.memory) == (3, 64 * 1024 * 1024)


def test_a_lock_keeps_its_profile_and_gives_nothing_away() -> None:
    lock = lock_staff(PRIVATE, "neme-vike", profile=QUICK)
    assert (lock.operations, lock.memory, len(lock.salt), len(lock.login_hash)) == (1, QUICK.memory, 16, 32)
    assert len(lock.locked_private_key) == 24 + 32 + 16
    assert PRIVATE not in lock.locked_private_key
    assert lock_staff(PRIVATE, "neme-vike", profile=QUICK).salt != lock.salt


def test_a_lock_opens_with_its_words_however_they_are_surrounded() -> None:
    lock = lock_staff(PRIVATE, " neme-vike\n", profile=QUICK)
    assert unlock_staff("neme-vike", lock) == PRIVATE
    assert unlock_staff("\tneme-vike ", lock) == PRIVATE
    assert unlock_staff("neme-vika", lock) is None


def test_a_lock_that_was_tampered_with_opens_nothing() -> None:
    lock = lock_staff(PRIVATE, "neme-vike", profile=QUICK)
    broken = lock.locked_private_key[:-1] + bytes([lock.locked_private_key[-1] ^ 1])
    assert unlock_staff("neme-vike", staff.StaffLock(lock.salt, 1, QUICK.memory, lock.login_hash, broken)) is None
    other = lock_staff(PRIVATE, "other", profile=QUICK)
    mixed = staff.StaffLock(lock.salt, 1, QUICK.memory, lock.login_hash, other.locked_private_key)
    assert unlock_staff("neme-vike", mixed) is None


def test_the_hash_for_signing_in_is_not_enough_to_open() -> None:
    lock = lock_staff(PRIVATE, "neme-vike", profile=QUICK)
    forged = staff.StaffLock(lock.salt, 1, QUICK.memory, bytes(32), lock.locked_private_key)
    assert unlock_staff("neme-vike", forged) is None


def test_new_keys_open_with_passphrase_and_with_recovery_code() -> None:
    keys = new_staff_keys("words", recovery_code="paper", profile=QUICK)
    assert bytes(PrivateKey(keys.private_key).public_key) == keys.public_key
    assert bytes(SigningKey(staff_signing_key(keys.private_key)).verify_key) == keys.verify_key
    assert unlock_staff("words", keys.lock) == keys.private_key
    assert unlock_staff("paper", keys.recovery) == keys.private_key
    assert unlock_staff("paper", keys.lock) is None
    assert unlock_staff("words", keys.recovery) is None
    assert repr(keys) == "StaffKeys()"
    assert new_staff_keys("words", recovery_code="paper", profile=QUICK).private_key != keys.private_key


def test_the_key_that_signs_is_another_one() -> None:
    assert len(staff_signing_key(PRIVATE)) == 32
    assert staff_signing_key(PRIVATE) != PRIVATE


@pytest.mark.parametrize(("made", "count"), [(new_passphrase, 6), (new_recovery_code, 8)])
def test_words_are_many_and_can_be_said(made, count: int) -> None:  # type: ignore[no-untyped-def]
    words = [word for _ in range(200) for word in made().split("-")]
    assert len(words) == 200 * count
    assert all(len(word) == 4 and word[0] in staff.CONSONANTS and word[1] in staff.VOWELS for word in words)
    assert all(word[2] in staff.CONSONANTS and word[3] in staff.VOWELS for word in words)
    assert len(set(words)) > 0.7 * min(len(words), 4900 * 0.3)
    assert not NOT_NICE & set(words)


def test_the_list_of_words_is_as_long_as_it_is_said_to_be() -> None:
    found = staff._word_list()
    assert len(found) == len(set(found)) == 14 * 5 * 14 * 5 - len(NOT_NICE & {"".join(w) for w in _all()})
    assert not NOT_NICE & set(found)
    assert 4_890 <= len(found) <= 4_900
    assert len(new_passphrase(3).split("-")) == 3


def _all() -> list[tuple[str, str, str, str]]:
    return [
        (one, two, three, four)
        for one in "bdfgklmnprstvz"
        for two in "aeiou"
        for three in "bdfgklmnprstvz"
        for four in "aeiou"
    ]
