"""Records: bound to their place, and believed only with a signature for it."""

import base64
import datetime as dt
import json
from dataclasses import replace
from uuid import UUID

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.crypto.records import (
    RecordContext,
    open_record,
    pack_envelope,
    seal_record,
    sign_record,
    unpack_envelope,
    verify_record,
)
from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.errors import BadSubmission, ForgedRecord, RecordMismatch, SealBroken

KEY = PrivateKey(bytes(range(32)))
PUBLIC = bytes(KEY.public_key)
SIGNING = bytes(range(1, 33))
VERIFY = bytes(SigningKey(SIGNING).verify_key)
CONTEXT = RecordContext(UUID(int=5), "case_field", "narrative", 3)
DAY = dt.date(2026, 11, 24)
WHOLE = {"v": 1, "case": UUID(int=5).hex, "table": "case_field", "field": "narrative", "seq": 3, "day": "2026-11-24"}


def sealed(payload: str = "soo wanaagsan") -> Sealed:
    """Seal a payload in its place."""
    return seal_record(public_key=PUBLIC, context=CONTEXT, payload=payload, day=DAY)


def by_hand(content: object) -> Sealed:
    """Seal what somebody else might seal."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return seal_bytes(PUBLIC, raw)


def opened(value: Sealed, context: RecordContext = CONTEXT) -> str:
    """Open a value in a place."""
    return open_record(private_key=bytes(KEY), sealed=value, context=context)


def test_what_is_sealed_names_its_place_and_day_in_few_bytes() -> None:
    inner = open_bytes(bytes(KEY), sealed("günəş"))
    assert json.loads(inner) == {**WHOLE, "payload": "günəş"}
    assert "günəş".encode() in inner
    assert b", " not in inner
    assert b": " not in inner


def test_the_place_has_one_form_for_signing() -> None:
    assert CONTEXT.as_bytes() == b'[1,"00000000000000000000000000000005","case_field","narrative",3]'


def test_it_opens_in_its_place_only() -> None:
    assert opened(sealed()) == "soo wanaagsan"
    for other in ({"case_id": UUID(int=6)}, {"table": "case_message"}, {"field": "place"}, {"seq": 4}):
        with pytest.raises(RecordMismatch, match="sealed for another place"):
            opened(sealed(), replace(CONTEXT, **other))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["v", "case", "table", "field", "seq"])
def test_a_record_without_a_part_of_its_place_is_refused(name: str) -> None:
    assert opened(by_hand({**WHOLE, "payload": "x"})) == "x"
    with pytest.raises(RecordMismatch):
        opened(by_hand({key: value for key, value in {**WHOLE, "payload": "x"}.items() if key != name}))


def test_another_version_is_refused() -> None:
    with pytest.raises(RecordMismatch):
        opened(by_hand({**WHOLE, "v": 2, "payload": "x"}))


@pytest.mark.parametrize("content", [b"\xff", b"no json", b"{", [], 3, "text", None])
def test_rubbish_from_a_stranger_is_no_record(content: object) -> None:
    with pytest.raises(SealBroken, match="not a record"):
        opened(by_hand(content))


@pytest.mark.parametrize("payload", [None, 3, ["x"], {"x": 1}])
def test_a_record_without_a_text_is_refused(payload: object) -> None:
    with pytest.raises(SealBroken, match="holds no text"):
        opened(by_hand({**WHOLE, "payload": payload}))
    with pytest.raises(SealBroken, match="holds no text"):
        opened(by_hand(WHOLE))


def test_an_error_quotes_nothing_of_what_was_sealed() -> None:
    with pytest.raises(SealBroken) as caught:
        opened(by_hand(b"my name is in here"))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "name" not in str(caught.value)


def test_a_signature_counts_for_its_place_and_its_ciphertext() -> None:
    value = sealed()
    signature = sign_record(signing_key=SIGNING, context=CONTEXT, sealed=value)
    assert len(signature) == 64
    verify_record(verify_key=VERIFY, context=CONTEXT, sealed=value, signature=signature)
    wrong = [
        {"verify_key": bytes(SigningKey(bytes(32)).verify_key)},
        {"context": replace(CONTEXT, seq=4)},
        {"sealed": sealed()},
        {"signature": bytes(64)},
        {"signature": b""},
        {"signature": signature + b"\x00"},
        {"verify_key": b"short"},
    ]
    right = {"verify_key": VERIFY, "context": CONTEXT, "sealed": value, "signature": signature}
    for other in wrong:
        with pytest.raises(ForgedRecord, match=r"case_field\.narrative was not written by the bot"):
            verify_record(**{**right, **other})  # type: ignore[arg-type]


def test_an_envelope_is_signature_and_ciphertext() -> None:
    value, signature = Sealed(b"\xfb\xef\xff" * 20), bytes(range(64))
    text = pack_envelope(value, signature)
    assert base64.urlsafe_b64decode(text) == signature + value.blob
    assert set("-_") & set(text)
    assert unpack_envelope(text) == (value, signature)


@pytest.mark.parametrize("text", ["", "AAAA", "!" * 200, "Ä" * 200, "A B" * 80, base64.b64encode(bytes(112)).decode()])
def test_a_text_that_is_no_envelope_is_refused(text: str) -> None:
    with pytest.raises(BadSubmission, match="not of its form"):
        unpack_envelope(text)
