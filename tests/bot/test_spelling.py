"""Mistyped words: what is corrected, what is left alone, and that a mistyped message is still understood."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.linear import Text, TextModel
from bot.linear.features import Terms
from bot.linear.learning import learn_text_model
from bot.linear.spelling import Spelling, is_one_mistake

# Word → how rare it is; what occurred once has the highest number.
RARITY = {
    "passport": 2.0,
    "passports": 3.0,
    "employer": 2.5,
    "pasport": 9.0,
    "house": 2.0,
    "horse": 2.5,
    "паспорт": 2.0,
}
WORDS = st.text(alphabet="abcdefghij", min_size=4, max_size=9)


def spelling(rarity: dict[str, float] = RARITY) -> Spelling:
    """Return what has learned some words."""
    columns = {word: column for column, word in enumerate(rarity)}
    return Spelling(Terms(columns, np.array(list(rarity.values()), np.float32)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("passprt", "passport"),
        ("paassport", "passport"),
        ("passpotr", "passport"),
        ("pessport", "passport"),
        ("employyer", "employer"),
        ("паспотр", "паспорт"),
        ("hohse", "house"),  # of two that are as near, the commoner one
    ],
)
def test_one_mistake_is_corrected(typed: str, meant: str) -> None:
    assert spelling().corrected(["my", typed]) == ["my", meant]


@pytest.mark.parametrize(
    "typed",
    [
        "pasport",  # was learned, once: it may be right
        "horse",
        "pasprt",  # two mistakes
        "hous3",
        "hse",
        "",
        "قاچاق",
        "passport" * 4,
    ],
)
def test_everything_else_is_left_alone(typed: str) -> None:
    assert spelling().corrected([typed]) == [typed]


def test_what_was_learned_once_corrects_nothing() -> None:
    assert spelling({"zebra": 9.0, "house": 2.0}).corrected(["zeebra"]) == ["zeebra"]
    assert spelling({}).corrected(["zeebra"]) == ["zeebra"]


@given(WORDS, st.integers(0, 8), st.sampled_from("klm"), st.sampled_from(["out", "in", "other", "swap"]))
def test_every_single_mistake_is_found(word: str, at: int, letter: str, kind: str) -> None:
    at %= len(word)
    head, tail = word[:at], word[at + 1 :]
    typed = {
        "out": head + tail,
        "in": head + letter + word[at:],
        "other": head + letter + tail,
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[kind]
    if typed != word:
        assert is_one_mistake(typed, word)
        expected = word if len(typed) >= 4 else typed
        assert spelling({word: 2.0, "zzzzzzzzzzzzzz": 9.0}).corrected([typed]) == [expected]


@pytest.mark.parametrize(("one", "other"), [("abcd", "badc"), ("abcd", "abef"), ("abcd", "ab"), ("abcd", "cdab")])
def test_two_mistakes_are_not_one(one: str, other: str) -> None:
    assert not is_one_mistake(one, other)


@pytest.fixture(scope="module")
def model() -> TextModel:
    """Return a model of two things that people ask."""
    about = {
        "passport": ["employer keeps my passport", "passport taken away", "where is my passport", "give back passport"],
        "wages": ["employer does not pay wages", "wages are late", "unpaid wages since may", "where are my wages"],
    }
    texts = [(text, label) for label, own in about.items() for text in own]
    return learn_text_model([t for t, _label in texts], [label for _t, label in texts], views=["words"])


def test_a_mistyped_message_is_understood(model: TextModel) -> None:
    assert model.ranking(Text.of("passprot"), 1)[0][0] == "passport"
    assert model.ranking(Text.of("waages"), 1)[0][0] == "wages"


def test_as_typed_and_as_meant_count_alike(model: TextModel) -> None:
    typed, meant = (model.model.probabilities(model.features.row(Text.of(t))) for t in ("where is", "where is wages"))
    both = model.probabilities(Text.of("where is wagess"))
    assert both is not None
    assert both == pytest.approx((typed + meant) / 2)


def test_a_model_of_letters_corrects_nothing() -> None:
    letters = learn_text_model(["abc", "abd", "xyz", "xyw"] * 3, ["a", "a", "x", "x"] * 3, views=["letters"])
    assert letters.spelling is None
    assert letters.ranking(Text.of("abz"), 1)[0][0] == "a"
