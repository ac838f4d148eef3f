"""Escrow by pairs, and keys on paper."""

import base64
import hashlib
from itertools import permutations

import pytest
from nacl.public import PrivateKey

from referral.crypto.escrow import key_from_paper, new_custodian, paper_from_key, recover, share
from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.errors import SealBroken

PRIVATE = [bytes([number]) * 32 for number in (1, 2, 3)]
PUBLIC = [bytes(PrivateKey(key).public_key) for key in PRIVATE]
SECRET = bytes(range(32))
PAPER = paper_from_key(SECRET)


def test_there_is_a_share_for_each_pair_and_it_is_sealed_twice() -> None:
    shares = share(SECRET, PUBLIC)
    assert set(shares) == {"12", "13", "23"}
    for pair, sealed in shares.items():
        first, second = (PRIVATE[int(place) - 1] for place in pair)
        assert open_bytes(second, Sealed(open_bytes(first, sealed))) == SECRET
        with pytest.raises(SealBroken):
            open_bytes(second, sealed)


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_recover_it(pair: tuple[int, int]) -> None:
    assert recover(share(SECRET, PUBLIC), PRIVATE[pair[0]], PRIVATE[pair[1]]) == SECRET


@pytest.mark.parametrize("pair", [(0, 0), (1, 1), (2, 2)])
def test_the_same_one_twice_recovers_nothing(pair: tuple[int, int]) -> None:
    with pytest.raises(SealBroken, match="two different custodians"):
        recover(share(SECRET, PUBLIC), PRIVATE[pair[0]], PRIVATE[pair[1]])


def test_a_stranger_recovers_nothing_and_no_share_is_no_secret() -> None:
    with pytest.raises(SealBroken):
        recover(share(SECRET, PUBLIC), PRIVATE[0], bytes(32))
    with pytest.raises(SealBroken):
        recover({}, PRIVATE[0], PRIVATE[1])


def test_a_share_that_opens_to_something_short_is_passed_over() -> None:
    shares = {"12": seal_bytes(PUBLIC[0], b"short"), **{pair: share(SECRET, PUBLIC)[pair] for pair in ("13", "23")}}
    assert recover(shares, PRIVATE[0], PRIVATE[2]) == SECRET
    with pytest.raises(SealBroken):
        recover(shares, PRIVATE[0], PRIVATE[1])


@pytest.mark.parametrize(
    "custodians", [[], PUBLIC[:2], [*PUBLIC, bytes(32)], [*PUBLIC, PUBLIC[0]], [PUBLIC[0], PUBLIC[0], PUBLIC[1]]]
)
def test_it_needs_three_different_custodians(custodians: list[bytes]) -> None:
    with pytest.raises(ValueError, match="needs 3 different custodians"):
        share(SECRET, custodians)


def test_a_new_custodian_has_a_key_on_paper() -> None:
    public, paper = new_custodian()
    assert bytes(PrivateKey(key_from_paper(paper)).public_key) == public
    assert new_custodian()[0] != public


def test_the_paper_is_base32_in_groups_of_five_with_three_bytes_to_check() -> None:
    assert [len(group) for group in PAPER.split("-")] == [5] * 11 + [1]
    letters = PAPER.replace("-", "")
    raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    assert raw == SECRET + hashlib.blake2b(SECRET, digest_size=3, person=b"korpu-paper").digest()
    assert "=" not in PAPER


@pytest.mark.parametrize("typed", [PAPER.lower(), PAPER.replace("-", ""), PAPER.replace("-", "\n  "), f"  {PAPER} "])
def test_the_paper_is_read_however_it_is_typed(typed: str) -> None:
    assert key_from_paper(typed) == SECRET


def test_digits_that_look_like_letters_are_taken_for_them() -> None:
    keys = [bytes([number]) * 32 for number in range(40)]
    papers = [paper_from_key(key) for key in keys]
    for letter, digit in (("O", "0"), ("I", "1"), ("B", "8")):
        assert any(letter in paper for paper in papers)
        for key, paper in zip(keys, papers, strict=True):
            assert key_from_paper(paper.replace(letter, digit)) == key


def test_a_key_of_another_length_is_refused_although_its_check_fits() -> None:
    for length in (31, 33):
        with pytest.raises(ValueError, match="wrong or missing"):
            key_from_paper(paper_from_key(bytes(length)))


@pytest.mark.parametrize("typed", ["", "AAAAA", "!!!", PAPER[:-2], PAPER + "A", "B" + PAPER[1:], PAPER[:-1] + "9"])
def test_a_wrong_paper_is_refused_without_a_cause_that_quotes_it(typed: str) -> None:
    with pytest.raises(ValueError, match="A letter or digit of this key is wrong or missing") as caught:
        key_from_paper(typed)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
