"""The intake form's steps, as plain values."""

from typing import Any

import pytest

from bot.actions import intake

NOW = "2026-11-24T10:00+00:00"


def after(state: dict[str, Any], intent: str, asked: str, **metadata: Any) -> dict[str, Any]:
    """Return the whole state after one step."""
    current = {**state, "requested_slot": f"intake_{asked}"}
    return state | intake.step(current, intent=intent, metadata=metadata, now=NOW)


def test_a_choice_fills_its_question() -> None:
    state = after(intake.empty(), "choose", "age", value="age.18_24")
    assert state["intake_age"] == "18_24"


@pytest.mark.parametrize(
    "value", ["age.200", "narrative.x", "consent.given", "confirm.sent", "", "age", "change.consent"]
)
def test_an_invented_choice_changes_nothing(value: str) -> None:
    assert intake.step({"requested_slot": "intake_age"}, intent="choose", metadata={"value": value}, now=NOW) == {}


@pytest.mark.parametrize("intent", ["affirm", "sealed", "skip", "choose", "intake_next", "referral_send"])
def test_nothing_but_its_own_button_gives_consent(intent: str) -> None:
    state = after(
        intake.empty(), intent, "consent", value="consent.given", sealed={"field": "consent", "envelope": "x"}
    )
    assert state["intake_consent"] is None


def test_consent_notes_the_minute() -> None:
    state = after(intake.empty(), "consent_give", "consent")
    assert (state["intake_consent"], state["intake_consent_at"]) == (intake.GIVEN, NOW)


def test_a_consent_button_pressed_at_another_question_does_nothing() -> None:
    assert after(intake.empty(), "consent_give", "age") == intake.empty()


def test_a_story_is_told_in_several_messages_until_go_on() -> None:
    state = after(intake.empty(), "sealed", "narrative", sealed={"field": "narrative", "envelope": "1.a"})
    state = after(state, "sealed", "narrative", sealed={"field": "narrative", "envelope": "2.b"})
    assert state["intake_narrative"] is None
    state = after(state, "intake_next", "narrative")
    assert (state["intake_narrative"], state["intake_sealed"]) == (intake.LOCKED, {"narrative": ["1.a", "2.b"]})


@pytest.mark.parametrize(
    "asked", ["topic", "narrative", "place", "age", "language", "gender", "safe_time", "code_word"]
)
def test_every_question_can_be_skipped(asked: str) -> None:
    assert after(intake.empty(), "skip", asked)[f"intake_{asked}"] is not None


@pytest.mark.parametrize("asked", ["consent", "contact", "confirm"])
def test_what_must_be_decided_cannot_be_skipped(asked: str) -> None:
    assert after(intake.empty(), "skip", asked)[f"intake_{asked}"] is None


def test_back_opens_the_question_before() -> None:
    state = intake.empty() | {"intake_place": intake.LOCKED, "intake_sealed": {"place": ["1.a"]}}
    state = after(state, "intake_back", "age")
    assert (state["intake_place"], state["intake_sealed"]) == (None, {})


def test_back_steps_over_a_question_that_was_not_asked() -> None:
    state = intake.empty() | {"intake_contact": "pull", "intake_safe_time": intake.NOT_ASKED}
    assert after(state, "intake_back", "code_word")["intake_contact"] is None


def test_who_asks_with_a_code_is_not_asked_for_safe_hours() -> None:
    state = after(intake.empty(), "choose", "contact", value="contact.pull")
    assert state["intake_safe_time"] == intake.NOT_ASKED
    assert after(state, "choose", "contact", value="contact.push")["intake_safe_time"] is None


def test_a_change_at_the_summary_drops_the_old_answer_and_its_ciphertext() -> None:
    state = intake.empty() | {
        "intake_place": intake.LOCKED,
        "intake_sealed": {"place": ["1.a"]},
        "intake_changing": True,
    }
    state = after(state, "choose", "confirm", value="change.place")
    assert (state["intake_place"], state["intake_sealed"], state["intake_changing"]) == (None, {}, None)


def test_only_the_send_button_at_the_summary_sends() -> None:
    assert after(intake.empty(), "referral_send", "confirm")["intake_confirm"] == intake.SENT
    assert after(intake.empty(), "referral_send", "age")["intake_confirm"] is None
