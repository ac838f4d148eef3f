"""The intake form's steps, as plain values."""

from typing import Any

import pytest

from bot.actions import intake
from bot.actions.ask_confirm import submission

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


def test_an_old_button_to_skip_takes_back_nothing_that_was_told() -> None:
    told = after(intake.empty(), "sealed", "narrative", sealed={"field": "narrative", "envelope": "0.x"})
    skipped = after(told, "skip", "narrative")
    assert skipped["intake_narrative"] == intake.LOCKED
    assert submission(skipped)["sealed"] == {"narrative": ["0.x"]}


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


def consented(about: str = intake.SELF) -> dict[str, Any]:
    """Return a form in which the consent for an adult, a minor or somebody else is given."""
    state = after(intake.empty(), "choose", "topic", value="topic.work")
    if about != intake.SELF:
        state = after(state, "choose", "consent", value=f"about.{about}")
    if about == intake.OTHER:
        state = after(state, "choose", "knows", value="knows.unaware")
    return after(state, "consent_give", "consent", value=None if about == intake.SELF else about)


def open_questions(state: dict[str, Any]) -> list[str]:
    """Return the questions that the form still asks, in its order."""
    return [question for question in intake.QUESTIONS if state[f"intake_{question}"] is None]


def test_an_adult_has_as_many_steps_as_before() -> None:
    assert open_questions(intake.empty()) == [q for q in intake.QUESTIONS if q != "knows"]
    assert open_questions(consented())[:3] == ["narrative", "place", "age"]


def test_a_minor_agrees_to_their_own_wording_and_is_not_asked_for_their_age() -> None:
    state = consented(intake.MINOR)
    assert (state["intake_consent"], state["intake_about"], state["intake_age"]) == ("given", "minor", "under_18")
    assert "age" not in open_questions(state)


def test_who_writes_for_somebody_else_is_first_asked_whether_they_know() -> None:
    state = after(intake.empty(), "choose", "consent", value="about.other")
    assert open_questions(state)[:3] == ["topic", "knows", "consent"]
    assert (consented(intake.OTHER)["intake_knows"], consented(intake.OTHER)["intake_consent"]) == ("unaware", "given")


@pytest.mark.parametrize("about", [None, "self", "minor", "other"])
@pytest.mark.parametrize("pressed", [None, "minor", "other", "proxy", "self.x"])
def test_only_the_button_of_the_wording_that_was_shown_gives_consent(about: str | None, pressed: str | None) -> None:
    state = after(intake.empty() | {"intake_about": about}, "consent_give", "consent", value=pressed)
    fits = (pressed or "self") == (about or "self")
    assert (state["intake_consent"] == intake.GIVEN) is fits


@pytest.mark.parametrize("about", [intake.MINOR, intake.OTHER])
@pytest.mark.parametrize("asked", ["narrative", "age", "confirm"])
def test_whom_it_is_about_cannot_change_once_consent_is_given(about: str, asked: str) -> None:
    given = consented()
    assert after(given, "choose", asked, value=f"about.{about}") == given


@pytest.mark.parametrize("about", [intake.MINOR, intake.OTHER])
def test_there_is_a_way_back_to_the_wording_for_adults(about: str) -> None:
    state = after(intake.empty(), "choose", "consent", value=f"about.{about}")
    back = after(state, "choose", "consent" if about == intake.MINOR else "knows", value="about.self")
    assert open_questions(back) == open_questions(intake.empty())
    assert back["intake_about"] == intake.SELF


def test_the_word_back_leads_from_the_other_wordings_to_the_question_before() -> None:
    minor = after(intake.empty(), "choose", "consent", value="about.minor")
    assert after(minor, "intake_back", "consent")["intake_about"] == intake.SELF
    other = after(intake.empty(), "choose", "consent", value="about.other") | {"intake_knows": "knows"}
    other = after(other, "intake_back", "consent")
    assert (other["intake_knows"], other["intake_about"]) == (None, intake.OTHER)
    assert after(other, "intake_back", "knows")["intake_about"] == intake.SELF


def test_who_turns_out_to_be_under_18_is_shown_the_wording_for_minors() -> None:
    state = after(consented(), "choose", "age", value="age.under_18")
    assert (state["intake_about"], state["intake_consent"], state["intake_age"]) == ("minor", None, "under_18")
    state = after(state, "consent_give", "consent", value="minor")
    assert "age" not in open_questions(state)


def test_who_goes_back_from_the_wording_for_minors_is_asked_for_their_age_again() -> None:
    state = after(consented(), "choose", "age", value="age.under_18")
    assert after(state, "choose", "consent", value="about.self")["intake_age"] is None


def test_somebody_else_may_be_under_18_without_a_new_consent() -> None:
    state = after(consented(intake.OTHER), "choose", "age", value="age.under_18")
    assert (state["intake_age"], state["intake_about"], state["intake_consent"]) == ("under_18", "other", "given")


def test_a_minor_cannot_become_an_adult_under_their_own_consent() -> None:
    given = consented(intake.MINOR)
    assert after(given, "choose", "language", value="age.25_59") == given
    assert after(given, "intake_back", "language")["intake_place"] is None
    assert not intake.is_asked(given, "age")


def test_a_button_about_somebody_else_does_nothing_for_oneself() -> None:
    assert after(consented(), "choose", "narrative", value="knows.knows") == consented()


@pytest.mark.parametrize("contact", ["push", "push_text"])
def test_who_is_written_to_is_asked_for_safe_hours(contact: str) -> None:
    state = after(consented(), "choose", "contact", value=f"contact.{contact}")
    assert "safe_time" in open_questions(state)


@pytest.mark.parametrize(("about", "scope"), [("self", "own"), ("minor", "minor"), ("other", "proxy")])
def test_the_submission_says_whose_consent_it_is(about: str, scope: str) -> None:
    made = submission(consented(about))
    assert made["consent"] == {"given_at": NOW, "scope": scope}
    assert made["choices"]["about"] == about
    assert made["choices"].get("knows") == ("unaware" if about == "other" else None)
