"""Codes: the person's only key to their own case."""

from itertools import pairwise

import pytest
from nacl.public import PrivateKey

from referral.crypto.codes import (
    DIGITS,
    MEMORY,
    OPERATIONS,
    derive_code,
    looks_like_code,
    new_code,
    parse_code,
)

CODE = "1234567890123452"


def test_a_new_code_has_16_random_digits_and_reads_back() -> None:
    codes = [new_code() for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(len(code) == DIGITS == 16 and code.isdecimal() and parse_code(code) == code for code in codes)
    for place in range(DIGITS):
        assert {code[place] for code in codes} == set("0123456789")


def test_each_wrong_digit_and_each_swap_but_one_is_noticed() -> None:
    for place in range(DIGITS):
        for digit in set("0123456789") - {CODE[place]}:
            assert parse_code(CODE[:place] + digit + CODE[place + 1 :]) is None
    for place, (one, other) in enumerate(pairwise(CODE)):
        if {one, other} not in ({"0", "9"}, {one}):
            assert parse_code(CODE[:place] + other + one + CODE[place + 2 :]) is None


@pytest.mark.parametrize(
    ("body", "digit"),
    [("7992739871", "3"), ("000000000000000", "0"), ("123456789012345", "2"), ("999999999999999", "5"), ("5", "9")],
)
def test_the_check_digit_is_luhns(body: str, digit: str) -> None:
    whole = body.rjust(DIGITS - 1, "0") + digit
    assert parse_code(whole) == whole
    other = str((int(digit) + 1) % 10)
    assert parse_code(whole[:-1] + other) is None


GROUPED = (" 1234 5678 9012 3452 ", "1234-5678-9012-3452", "1234.5678.9012.3452", "(1234) 56789012\n3452")


@pytest.mark.parametrize("typed", [*GROUPED, "۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۲"])
def test_a_code_is_read_however_it_is_grouped(typed: str) -> None:
    assert parse_code(typed) == CODE
    assert looks_like_code(typed)


def test_every_arabic_and_persian_digit_is_read() -> None:
    (code,) = [whole for digit in "0123456789" if (whole := parse_code(f"012345678901234{digit}"))]
    for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        assert parse_code("".join(row[int(digit)] for digit in code)) == code


@pytest.mark.parametrize("length", [1, 15, 17, 18])
def test_another_number_of_digits_is_no_code_although_its_check_digit_fits(length: int) -> None:
    assert parse_code("0" * length) is None
    assert parse_code("0" * DIGITS) == "0" * DIGITS


def test_letters_and_digits_of_other_scripts_stand_for_nothing() -> None:
    assert parse_code("१२३४५६७८९०१२३४५2") is None
    (ten,) = [whole for digit in "0123456789" if (whole := parse_code(f"10234567890123{digit}0"))]
    assert parse_code(ten.replace("10", "X", 1)) is None
    assert parse_code(ten.replace("10", "X", 1) + "0") is None


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "x" * 16, CODE[:-1] + "x", "१२३४५६७८९०१२३४५२", "²" * 16])
def test_what_is_not_a_code_is_none(typed: str) -> None:
    assert parse_code(typed) is None


@pytest.mark.parametrize(("length", "like"), [(13, False), (14, True), (16, True), (18, True), (19, False), (0, False)])
def test_a_message_of_about_as_many_digits_looks_like_a_code(length: int, like: bool) -> None:
    assert looks_like_code("1" * length) is like
    assert not looks_like_code("1" * length + "x")


def test_a_code_leads_to_a_tag_and_a_key_pair() -> None:
    keys = derive_code(CODE, pepper=bytes(16))
    assert (len(keys.tag), len(keys.private_key)) == (32, 32)
    assert bytes(PrivateKey(keys.private_key).public_key) == keys.public_key
    assert keys.tag not in (keys.private_key, keys.public_key)
    assert repr(keys) == "CodeKeys()"


def test_guessing_is_as_hard_as_it_was_decided() -> None:
    assert (OPERATIONS, MEMORY) == (3, 64 * 1024 * 1024)
