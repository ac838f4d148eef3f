"""Buttons count only if the bot sent them to this chat."""

import pytest

from bot.gateway.callbacks import PayloadTooLong, open_payload, seal_payload
from bot.intents import Payload

KEY = bytes(range(32))


def test_a_button_comes_back_as_it_was_sent() -> None:
    data = seal_payload("choose:age.18_24", sender="a", key=KEY)
    assert open_payload(data, sender="a", key=KEY) == Payload("choose", "age.18_24")


@pytest.mark.parametrize(
    "data", ["consent_give", "consent_give!", "consent_give!AAAAAAAAAAA", "", None, "!!!", "/consent_give"]
)
def test_a_forged_button_is_none(data: str | None) -> None:
    assert open_payload(data, sender="a", key=KEY) is None


def test_a_button_of_another_chat_is_none() -> None:
    assert open_payload(seal_payload("menu", sender="a", key=KEY), sender="b", key=KEY) is None


def test_a_sealed_payload_that_the_dialogue_does_not_know_is_none() -> None:
    assert open_payload(seal_payload("action_open_referral", sender="a", key=KEY), sender="a", key=KEY) is None


def test_the_longest_payload_fits_into_telegrams_64_bytes() -> None:
    data = seal_payload(f"withdraw_yes:{'a' * 32}", sender="a", key=KEY)
    assert len(data.encode()) <= 64
    assert open_payload(data, sender="a", key=KEY) == Payload("withdraw_yes", "a" * 32)


def test_a_payload_that_does_not_fit_is_refused_when_it_is_made() -> None:
    with pytest.raises(PayloadTooLong):
        seal_payload("choose:" + "ə" * 40, sender="a", key=KEY)
