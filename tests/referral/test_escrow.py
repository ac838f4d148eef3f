"""Escrow: any two of three custodians, none alone."""

from itertools import combinations, permutations

import pytest

from referral import session_scope
from referral.audit import entries_about
from referral.crypto.escrow import PAIRS, key_from_paper, new_custodian, paper_from_key, recover, share
from referral.crypto.sealed import Sealed, open_bytes
from referral.errors import ForgedRecord, ReferralError, SealBroken
from referral.models import EscrowShare
from referral.service.escrowing import open_escrow, store_escrow
from tests.referral.conftest import World

CUSTODIANS = [new_custodian() for _ in range(3)]
PUBLIC = [public for public, _paper in CUSTODIANS]
PRIVATE = [key_from_paper(paper) for _public, paper in CUSTODIANS]
SECRET = b"the organisation's private key.."


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_open_it_in_either_order(pair: tuple[int, int]) -> None:
    assert recover(share(SECRET, PUBLIC), PRIVATE[pair[0]], PRIVATE[pair[1]]) == SECRET


def test_one_alone_opens_nothing_even_with_every_share() -> None:
    shares = share(SECRET, PUBLIC)
    for key in PRIVATE:
        with pytest.raises(SealBroken):
            recover(shares, key, key)
        for sealed in shares.values():
            layers = [sealed, *_layers(key, sealed)]
            assert len(layers) <= 2
            assert not any(SECRET in layer.blob for layer in layers)
            assert _layers(key, layers[-1]) == [] or len(layers) == 2


def test_a_stranger_and_a_custodian_open_nothing() -> None:
    stranger = key_from_paper(new_custodian()[1])
    for key in PRIVATE:
        with pytest.raises(SealBroken, match="two different custodians"):
            recover(share(SECRET, PUBLIC), key, stranger)


@pytest.mark.parametrize("custodians", [PUBLIC[:2], [*PUBLIC, PUBLIC[0]], [PUBLIC[0]] * 3])
def test_three_different_custodians_are_needed(custodians: list[bytes]) -> None:
    with pytest.raises(ValueError, match="3 different"):
        share(SECRET, custodians)


def test_a_paper_forgives_how_it_is_typed_and_notices_a_wrong_letter() -> None:
    paper = paper_from_key(bytes(range(32)))
    assert key_from_paper(paper.lower().replace("-", " ")) == bytes(range(32))
    assert key_from_paper(paper.replace("O", "0").replace("I", "1").replace("B", "8")) == bytes(range(32))
    letters = [place for place, letter in enumerate(paper) if letter != "-"]
    for place in letters:
        wrong = paper[:place] + ("A" if paper[place] != "A" else "C") + paper[place + 1 :]
        if place == letters[-1]:
            continue  # its last letter holds padding bits, of which not each changes a byte
        with pytest.raises(ValueError, match="wrong or missing"):
            key_from_paper(wrong)
    for broken in ("", "!!!", paper[:-6], f"{paper}AAAAA"):
        with pytest.raises(ValueError, match="wrong or missing"):
            key_from_paper(broken)


def test_the_stored_shares_open_the_organisations_key_and_it_is_in_the_log(world: World) -> None:
    _put_into_escrow(world, world.own.private_key)
    for one, other in combinations(PRIVATE, 2):
        with session_scope(world.engine) as session:
            found = open_escrow(
                session,
                organisation_id=world.own.organisation_id,
                trust=world.trust,
                one=one,
                other=other,
                why="drill",
            )
        assert found == (1, world.own.private_key)
    with session_scope(world.engine) as session:
        acts = [(entry.act.value, entry.detail) for entry in entries_about(session, world.own.organisation_id)]
    assert acts == [("escrow_opened", "drill")] * 3


def test_an_exchanged_share_is_noticed(world: World) -> None:
    _put_into_escrow(world, bytes(32))
    with pytest.raises(ForgedRecord, match="exchanged"), session_scope(world.engine) as session:
        open_escrow(
            session,
            organisation_id=world.own.organisation_id,
            trust=world.trust,
            one=PRIVATE[0],
            other=PRIVATE[1],
            why="",
        )


def test_a_key_that_is_not_in_escrow_cannot_be_opened(world: World) -> None:
    with pytest.raises(ReferralError, match="not in escrow"), session_scope(world.engine) as session:
        open_escrow(
            session,
            organisation_id=world.own.organisation_id,
            trust=world.trust,
            one=PRIVATE[0],
            other=PRIVATE[1],
            why="",
        )


def _put_into_escrow(world: World, secret: bytes) -> None:
    with session_scope(world.engine) as session:
        store_escrow(
            session,
            organisation_id=world.own.organisation_id,
            epoch=1,
            secret=secret,
            custodians=tuple(PUBLIC),
        )
    assert world.count(EscrowShare) == len(PAIRS)


def _layers(key: bytes, sealed: Sealed) -> list[Sealed]:
    try:
        return [Sealed(open_bytes(key, sealed))]
    except SealBroken:
        return []
