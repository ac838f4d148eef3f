"""The examples of each intent in each language: enough of them, each of its own, and none that measures."""

from collections import Counter

import pytest

from bot.content.scaffold.todo import FEWEST_EXAMPLES
from bot.i18n import language_codes
from bot.intents import load_catalogue
from bot.nlu.examples import read_examples
from bot.paths import ROOT
from bot.report.evaluation import read_danger, read_items
from bot.text import folded_words
from bot.training.duplicates import near_duplicates

EXAMPLES = list(read_examples(ROOT / "data" / "nlu"))


@pytest.mark.parametrize("language", language_codes())
def test_there_are_enough_examples(language: str) -> None:
    counts = Counter(example.intent for example in EXAMPLES if example.language == language)
    known = load_catalogue().by_name.items()
    few = {name: counts[name] for name, i in known if counts[name] < FEWEST_EXAMPLES[i.kind]}
    assert few == {}


@pytest.mark.parametrize("language", language_codes())
def test_no_two_examples_are_nearly_the_same(language: str) -> None:
    found = near_duplicates(example for example in EXAMPLES if example.language == language)
    assert [(one.intent, one.text, other.text) for one, other in found] == []


def test_nothing_that_measures_is_learned() -> None:
    learned = {" ".join(folded_words(example.text)) for example in EXAMPLES}
    lists = [
        text for of in read_danger(language_codes()) for texts in (*of.danger.values(), of.quiet) for text in texts
    ]
    measured = [item.text for item in read_items(language_codes())] + lists
    long_enough = [text for text in measured if len(folded_words(text)) > 3]
    assert [text for text in long_enough if " ".join(folded_words(text)) in learned] == []
