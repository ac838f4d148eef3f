"""What follows from a parsed message."""

from typing import Any

import pytest

from bot.nlu.decide import Outcome, choose_language, decide


def parsed(*ranking: tuple[str, float], **more: Any) -> dict[str, Any]:
    """Return what Rasa's pipeline gives."""
    return {"intent_ranking": [{"name": n, "confidence": c} for n, c in ranking], **more}


def test_a_clear_message_is_answered() -> None:
    result = decide(parsed(("work_permit", 0.8), ("work_contract", 0.1)), chosen="en", hint=None)
    assert (result.outcome, result.intent) == (Outcome.ANSWER, "work_permit")


def test_an_answer_that_is_not_sure_has_the_runners_up_beside_it() -> None:
    ranking = (
        ("work_permit", 0.7),
        ("greet", 0.1),
        ("work_contract", 0.08),
        ("stay_extend", 0.05),
        ("stay_border", 0.01),
    )
    assert decide(parsed(*ranking), chosen="en", hint=None).beside == ("work_contract", "stay_extend", "stay_border")
    sure = (("work_permit", 0.98), ("work_contract", 0.01))
    assert decide(parsed(*sure), chosen="en", hint=None).beside == ()


def test_an_unclear_message_is_asked_about_with_three_buttons() -> None:
    ranking = [
        ("work_permit", 0.2),
        ("affirm", 0.18),
        ("work_contract", 0.15),
        ("stay_extend", 0.1),
        ("stay_border", 0.1),
    ]
    result = decide(parsed(*ranking), chosen="en", hint=None)
    assert (result.outcome, result.intent) == (Outcome.CHOOSE, "nlu_fallback")
    assert result.choices == ("work_permit", "work_contract", "stay_extend")


@pytest.mark.parametrize("ranking", [(), (("work_permit", 0.03), ("work_contract", 0.02))])
def test_what_was_not_understood_is_said_to_be_so(ranking: tuple[tuple[str, float], ...]) -> None:
    assert decide(parsed(*ranking), chosen="en", hint=None).outcome is Outcome.FALLBACK


def test_a_chosen_language_decides_only_between_open_ones() -> None:
    assert choose_language({"az": 0.4, "tr": 0.6}, chosen="az", hint=None)[0] == "az"
    assert choose_language({"az": 0.01, "ru": 0.99}, chosen="az", hint=None)[0] == "ru"


def test_without_words_the_hint_counts() -> None:
    assert choose_language({}, chosen=None, hint="ru") == ("ru", 0.0)


def test_a_language_named_in_words_travels_with_the_intent() -> None:
    result = decide(parsed(("change_language", 0.9), ("menu", 0.05), named_language="ru"), chosen="en", hint=None)
    assert result.value == "ru"
