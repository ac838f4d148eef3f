"""Sealing: what was changed, moved or forged is refused."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.crypto import (
    KdfProfile,
    RecordContext,
    Sealed,
    derive_code,
    looks_like_code,
    new_case_key,
    new_code,
    new_passphrase,
    new_staff_keys,
    open_bytes,
    open_record,
    open_route,
    pack_envelope,
    parse_code,
    route_tag,
    seal_bytes,
    seal_record,
    seal_route,
    sign_record,
    unlock_staff,
    unpack_envelope,
    verify_record,
)
from referral.errors import BadSubmission, ForgedRecord, RecordMismatch, SealBroken
from referral.safe_contact import SafeContact

KEY = PrivateKey.generate()
CONTEXT = RecordContext(uuid4(), "case_field", "narrative", 1)
QUICK = KdfProfile(operations=1, memory=8 * 1024 * 1024)


def sealed(payload: str = "what happened") -> Sealed:
    """Seal a payload to the test's key."""
    return seal_record(public_key=bytes(KEY.public_key), context=CONTEXT, payload=payload, day=dt.date(2026, 11, 24))


@given(st.text(max_size=2000))
@settings(max_examples=30)
def test_what_was_sealed_opens_unchanged(payload: str) -> None:
    assert open_record(private_key=bytes(KEY), sealed=sealed(payload), context=CONTEXT) == payload


@pytest.mark.parametrize("place", [0, 20, 40, 100, -1])
def test_one_flipped_bit_is_refused(place: int) -> None:
    blob = bytearray(sealed().blob)
    blob[place] ^= 1
    with pytest.raises(SealBroken):
        open_record(private_key=bytes(KEY), sealed=Sealed(bytes(blob)), context=CONTEXT)


def test_a_truncated_value_is_refused() -> None:
    with pytest.raises(SealBroken):
        open_record(private_key=bytes(KEY), sealed=Sealed(sealed().blob[:-16]), context=CONTEXT)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, case_id=uuid4()),
        replace(CONTEXT, table="case_message"),
        replace(CONTEXT, field="place"),
        replace(CONTEXT, seq=2),
    ],
)
def test_a_value_moved_to_another_row_is_refused(other: RecordContext) -> None:
    with pytest.raises(RecordMismatch):
        open_record(private_key=bytes(KEY), sealed=sealed(), context=other)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        open_record(private_key=bytes(PrivateKey.generate()), sealed=sealed(), context=CONTEXT)


def test_sizes_tell_nothing_finer_than_256_bytes() -> None:
    assert len(sealed("a").blob) == len(sealed("a" * 60).blob)


def test_a_forged_author_is_refused() -> None:
    value = sealed()
    bot = SigningKey.generate()
    signature = sign_record(signing_key=bytes(SigningKey.generate()), context=CONTEXT, sealed=value)
    with pytest.raises(ForgedRecord):
        verify_record(verify_key=bytes(bot.verify_key), context=CONTEXT, sealed=value, signature=signature)


def test_a_signature_counts_for_its_own_row_only() -> None:
    value, bot = sealed(), SigningKey.generate()
    signature = sign_record(signing_key=bytes(bot), context=CONTEXT, sealed=value)
    verify_record(verify_key=bytes(bot.verify_key), context=CONTEXT, sealed=value, signature=signature)
    with pytest.raises(ForgedRecord):
        verify_record(
            verify_key=bytes(bot.verify_key), context=replace(CONTEXT, seq=2), sealed=value, signature=signature
        )


def test_text_can_never_be_taken_for_a_sealed_value() -> None:
    with pytest.raises(TypeError):
        Sealed("a story")  # type: ignore[arg-type]
    assert "story" not in repr(sealed("story"))


def test_an_envelope_comes_back() -> None:
    value = sealed()
    assert unpack_envelope(pack_envelope(value, bytes(64))) == (value, bytes(64))
    with pytest.raises(BadSubmission):
        unpack_envelope("not an envelope")


def test_the_maker_of_a_case_key_keeps_nothing_that_opens_it() -> None:
    organisation = PrivateKey.generate()
    key = new_case_key(organisation_public_key=bytes(organisation.public_key))
    private = open_bytes(bytes(organisation), key.sealed_private_key)
    assert bytes(PrivateKey(private).public_key) == key.public_key


def test_a_route_opens_with_the_gateways_key_only() -> None:
    case = uuid4()
    box = seal_route(
        123456789,
        route_key=bytes(32),
        case_public_key=bytes(32),
        case_id=case,
        language="az",
        safe_contact=SafeContact(),
    )
    assert (open_route(box, route_key=bytes(32)).chat_id, open_route(box, route_key=bytes(32)).case_id) == (
        123456789,
        case,
    )
    with pytest.raises(SealBroken):
        open_route(box, route_key=bytes(31) + b"\x01")
    assert b"123456789" not in box


def test_a_route_tag_needs_the_key() -> None:
    assert route_tag(1, index_key=bytes(32)) != route_tag(1, index_key=bytes(31) + b"\x01")


def test_codes_have_a_check_digit_and_forgive_spaces() -> None:
    code = new_code()
    assert parse_code(f" {code[:4]}-{code[4:8]} {code[8:12]} {code[12:]} ") == code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert parse_code(wrong) is None
    assert parse_code(code[:-1]) is None


@pytest.mark.parametrize("text", ["152", "call 1234567890123456", "+994 12 919", "", "hello", "12345678901234567890"])
def test_other_numbers_are_not_codes(text: str) -> None:
    assert not looks_like_code(text)


def test_digits_of_other_scripts_are_digits() -> None:
    code = new_code()
    persian = code.translate({ord(str(i)): "۰۱۲۳۴۵۶۷۸۹"[i] for i in range(10)})
    assert parse_code(persian) == code


def test_a_code_leads_always_to_the_same_key_and_another_one_elsewhere() -> None:
    first = derive_code("1" * 16, pepper=bytes(16))
    assert first == derive_code("1" * 16, pepper=bytes(16))
    assert first.tag != derive_code("1" * 16, pepper=b"\x01" * 16).tag
    assert open_bytes(first.private_key, seal_bytes(first.public_key, b"reply")) == b"reply"


def test_a_passphrase_opens_its_own_key_only() -> None:
    keys = new_staff_keys("right words", recovery_code="other words", profile=QUICK)
    assert unlock_staff("right words", keys.lock) == keys.private_key
    assert unlock_staff("wrong words", keys.lock) is None
    assert keys.private_key not in (keys.lock.locked_private_key, keys.lock.login_hash)


def test_passphrases_are_six_words() -> None:
    assert len(set(new_passphrase().split("-"))) >= 5
