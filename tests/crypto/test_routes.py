"""Routes to chats."""

from uuid import UUID

import pytest
from nacl.bindings import sodium_pad
from nacl.secret import Aead

from referral.crypto.routes import OnCall, Route, open_on_call, open_route, route_tag, seal_on_call, seal_route
from referral.errors import SealBroken
from referral.safe_contact import SafeContact

KEY, CASE, CHAT = bytes(range(32)), UUID(int=1), 994501234567
CONTRACT = SafeContact("evening", "full")


def box() -> bytes:
    """Seal a route."""
    return seal_route(
        CHAT, route_key=KEY, case_public_key=b"k" * 32, case_id=CASE, language="fa", safe_contact=CONTRACT
    )


def test_a_route_comes_back_with_its_contract() -> None:
    assert open_route(box(), route_key=KEY) == Route(CHAT, CASE, b"k" * 32, "fa", CONTRACT)
    assert repr(open_route(box(), route_key=KEY)) == "Route()"


def test_its_size_tells_nothing_and_it_never_looks_the_same() -> None:
    short = seal_route(
        1, route_key=KEY, case_public_key=b"k" * 32, case_id=CASE, language="az", safe_contact=SafeContact()
    )
    assert len(short) == len(box()) == 24 + 256 + 16
    assert box() != box()


def test_another_key_or_another_purpose_opens_nothing() -> None:
    for value, key in ((box(), bytes(32)), (seal_on_call(CHAT, route_key=KEY, language="az"), KEY), (b"", KEY)):
        with pytest.raises(SealBroken, match="cannot be opened with this key"):
            open_route(value, route_key=key)
    for value, key in ((seal_on_call(CHAT, route_key=KEY, language="az"), bytes(32)), (box(), KEY)):
        with pytest.raises(SealBroken):
            open_on_call(value, route_key=key)


@pytest.mark.parametrize("inner", [b"\xff", b"no json"])
def test_what_is_not_a_route_is_refused_without_a_quotation(inner: bytes) -> None:
    made = bytes(Aead(KEY).encrypt(sodium_pad(inner, 256), b"korpu route 2"))
    with pytest.raises(SealBroken) as caught:
        open_route(made, route_key=KEY)
    assert caught.value.__suppress_context__


def test_a_colleagues_chat_comes_back() -> None:
    made = seal_on_call(CHAT, route_key=KEY, language="ru")
    assert open_on_call(made, route_key=KEY) == OnCall(CHAT, "ru")
    assert repr(open_on_call(made, route_key=KEY)) == "OnCall()"
    assert len(made) == 24 + 256 + 16


def test_a_tag_is_a_keyed_hash() -> None:
    assert len(route_tag(CHAT, index_key=KEY)) == 32
    assert route_tag(CHAT, index_key=KEY) == route_tag(CHAT, index_key=KEY)
    assert route_tag(CHAT, index_key=KEY) != route_tag(CHAT + 1, index_key=KEY)
    assert route_tag(CHAT, index_key=KEY) != route_tag(CHAT, index_key=bytes(32))
