"""Sealed values: sizes, forms, and what is refused."""

import base64

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox

from referral.crypto.sealed import BLOCK, OVERHEAD, Sealed, open_bytes, seal_bytes
from referral.errors import SealBroken

KEY = PrivateKey(bytes(range(32)))
PUBLIC = bytes(KEY.public_key)


@pytest.mark.parametrize(("length", "size"), [(0, 256), (1, 256), (255, 256), (256, 512), (511, 512)])
def test_a_value_is_padded_to_256_bytes_and_comes_back(length: int, size: int) -> None:
    sealed = seal_bytes(PUBLIC, b"x" * length)
    assert len(sealed.blob) == size + 48
    assert (BLOCK, OVERHEAD) == (256, 48)
    assert open_bytes(bytes(KEY), sealed) == b"x" * length
    assert type(open_bytes(bytes(KEY), sealed)) is bytes


def test_the_same_value_never_looks_the_same() -> None:
    assert seal_bytes(PUBLIC, b"x") != seal_bytes(PUBLIC, b"x")


def test_what_is_too_short_to_be_sealed_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Sealed(bytes(OVERHEAD))
    assert Sealed(bytes(OVERHEAD + 1)).blob == bytes(OVERHEAD + 1)


@pytest.mark.parametrize("value", ["text", bytearray(100), None])
def test_only_bytes_are_a_sealed_value(value: object) -> None:
    with pytest.raises(TypeError, match="made of bytes"):
        Sealed(value)  # type: ignore[arg-type]


def test_what_a_stranger_sealed_without_padding_is_no_value() -> None:
    stranger = Sealed(bytes(SealedBox(PublicKey(PUBLIC)).encrypt(b"not padded at all")))
    with pytest.raises(SealBroken, match="cannot be opened with this key"):
        open_bytes(bytes(KEY), stranger)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="cannot be opened with this key"):
        open_bytes(bytes(32), seal_bytes(PUBLIC, b"x"))
    with pytest.raises(SealBroken, match="cannot be opened with this key"):
        open_bytes(b"no key at all", seal_bytes(PUBLIC, b"x"))


def test_its_text_is_base64_for_addresses_and_comes_back() -> None:
    sealed = Sealed(b"\xfb\xef\xff" * 20)
    assert sealed.text() == base64.urlsafe_b64encode(sealed.blob).decode()
    assert set("-_") & set(sealed.text())
    assert Sealed.from_text(sealed.text()) == sealed


@pytest.mark.parametrize("text", ["", "AAAA", "!" * 100, "Ä" * 100, "A B" * 40])
def test_a_text_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever way it is wrong
        Sealed.from_text(text)


def test_its_size_is_all_that_it_shows() -> None:
    assert repr(Sealed(bytes(304))) == "Sealed(304 bytes)"
