"""The small language in which editors write danger patterns."""

import pytest

from bot.gateway.danger.gate import Danger, DangerGate
from bot.gateway.danger.patterns import PatternError, compile_pattern, keys_of


def sees(pattern: str, text: str) -> bool:
    """Tell whether a gate with this one pattern fires."""
    return DangerGate({"en": {Danger.DANGER_NOW: [pattern]}}).check(text) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("beat* me", "He is BEATING me!!"),
        ("he|they ... lock* me", "they have just locked me in"),
        ("help~ me", "halp me"),
        ("məni döyür*", "MENI DOYURLER"),
        ("call police? now", "call now"),
        ("don't breathe", "dont breathe"),
    ],
)
def test_it_fires(pattern: str, text: str) -> None:
    assert sees(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("beat* me", "he beats you, not me"), ("he ... lock* me", "he one two three four locks me"), ("help", "helper")],
)
def test_it_stays_quiet(pattern: str, text: str) -> None:
    assert not sees(pattern, text)


@pytest.mark.parametrize("pattern", ["", "...", "a|b~", "!!!", "maybe?"])
def test_a_pattern_that_cannot_be_used_is_named(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_the_most_urgent_danger_decides_the_card() -> None:
    gate = DangerGate({"en": {Danger.DANGER_NOW: ["beat* me"], Danger.MEDICAL_EMERGENCY: ["bleed*"]}})
    finding = gate.check("he beat me and i am bleeding")
    assert finding is not None
    assert finding.danger is Danger.MEDICAL_EMERGENCY


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [("he ... hits|beats* me", ("hits", "beats*")), ("me? ... kill~", ()), ("kill~ me now", ("now",))],
)
def test_a_pattern_is_tried_only_where_one_of_its_words_occurs(pattern: str, keys: tuple[str, ...]) -> None:
    assert keys_of(pattern) == keys
