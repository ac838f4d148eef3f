"""What belongs to a case, and what somebody makes of it who has no signing key."""

from uuid import UUID

import pytest
from nacl.signing import SigningKey

from referral.crypto.binding import Binding, check_binding, pack_address, sign_binding, unpack_address
from referral.errors import ForgedRecord

BOT, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes(32))
CASE = UUID(int=7)
PARTS = {"case_id": CASE, "public_key": b"k" * 32, "code_tag": b"t" * 32, "reply_public_key": b"r" * 32}


def bound(**others: object) -> Binding:
    """Return what belongs to a case, or something else."""
    return Binding.of(**{**PARTS, **others})  # type: ignore[arg-type]


SIGNATURE = sign_binding(bound(), signing_key=bytes(BOT))
KEYS = (bytes(OTHER.verify_key), bytes(BOT.verify_key))


def test_it_is_believed_with_any_of_the_bots_keys() -> None:
    assert len(SIGNATURE) == 64
    check_binding(bound(), SIGNATURE, verify_keys=KEYS)
    check_binding(bound(), SIGNATURE, verify_keys=KEYS[::-1])


@pytest.mark.parametrize(
    "other",
    [
        {"case_id": UUID(int=8)},
        {"public_key": b"x" * 32},
        {"code_tag": b"x" * 32},
        {"reply_public_key": b"x" * 32},
        {"code_tag": b"r" * 32, "reply_public_key": b"t" * 32},
    ],
)
def test_whatever_is_exchanged_is_noticed(other: dict[str, object]) -> None:
    with pytest.raises(ForgedRecord, match="was exchanged"):
        check_binding(bound(**other), SIGNATURE, verify_keys=KEYS)


@pytest.mark.parametrize("signature", [b"", bytes(64), SIGNATURE[:-1], SIGNATURE + b"\x00", SIGNATURE[::-1]])
def test_without_the_bots_signature_nothing_is_believed(signature: bytes) -> None:
    with pytest.raises(ForgedRecord):
        check_binding(bound(), signature, verify_keys=KEYS)


@pytest.mark.parametrize("keys", [(), (bytes(OTHER.verify_key),), (b"short",)])
def test_a_strangers_key_counts_for_nothing(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ForgedRecord):
        check_binding(bound(), SIGNATURE, verify_keys=keys)


def test_an_address_is_key_hash_and_signature() -> None:
    address = pack_address(bound(), SIGNATURE)
    assert address == b"k" * 32 + bound().code_hash + SIGNATURE
    assert len(bound().code_hash) == 32
    assert unpack_address(CASE, address) == (bound(), SIGNATURE)


@pytest.mark.parametrize("length", [0, 64, 127, 129, 256])
def test_an_address_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ForgedRecord, match="not of its form"):
        unpack_address(CASE, bytes(length))
