"""Folding: one spelling for many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import fold, folded_words, utf16_length


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("Pasportumu əlimdən aldılar", "pasportumu elimden aldilar"),
        ("İSTANBUL ILIK", "istanbul ilik"),
        ("Ещё", "еще"),
        ("don’t", "dont"),
        ("helllllp", "hellp"),
        ("ÇALIŞMA İZNİ", "calisma izni"),
    ],
)
def test_it_folds_the_ways_people_type_into_one(written: str, same_as: str) -> None:
    assert fold(written) == fold(same_as)


def test_it_keeps_the_letters_that_tell_words_apart() -> None:
    assert fold("мой") != fold("мои")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = " ".join(folded_words(text))
    assert " ".join(folded_words(once)) == once


def test_it_counts_as_telegram_does() -> None:
    assert utf16_length("a😀") == 3
