"""Catalogue = domain = examples = rules = answers = locale files; what is forgotten is told by its name."""

import re
from collections import Counter

import pytest
import yaml

from bot.i18n import Locales, load_locales
from bot.intents import TECHNICAL, load_catalogue, read_catalogue
from bot.paths import ROOT
from bot.text import folded_words
from bot.yamlfile import load

CATALOGUE = load_catalogue()
DRAFTS = read_catalogue().drafts
LOCALES: Locales = load_locales()
LANGUAGES = list(LOCALES.languages)
LEAST_EXAMPLES = 15


def examples(language: str) -> list[tuple[str, str]]:
    """Return intent and text of every example of a language."""
    found = []
    for path in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
        for entry in load(path)["nlu"]:
            found += [(entry["intent"], line.strip()[2:]) for line in entry["examples"].splitlines() if line.strip()]
    return [(intent, text) for intent, text in found if intent not in DRAFTS]


def test_the_hundred_intents_and_76_answers_of_the_beginning_are_there_and_more_may_come() -> None:
    assert len(CATALOGUE.intents) >= 100
    assert len(CATALOGUE.answers) >= 76


def test_the_domain_has_the_catalogue_and_the_steps_of_buttons() -> None:
    domain = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    names = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["intents"]]
    assert sorted(names) == sorted([*read_catalogue().by_name, *TECHNICAL])
    assert {f"utter_{name}" for name in CATALOGUE.answers} <= set(domain["responses"])


def test_every_intent_has_a_rule() -> None:
    used: set[str] = set()
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        used |= set(re.findall(r"intent: (\w+)", path.read_text(encoding="utf-8")))
    reached_in_the_form = {"choose", "sealed", "skip", "consent_give", "intake_back", "intake_next", "intake_change"}
    assert (set(CATALOGUE.by_name) | set(TECHNICAL)) - used - reached_in_the_form == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_examples_in_the_file_of_its_topic(language: str) -> None:
    counts = Counter(intent for intent, _text in examples(language))
    assert set(counts) == set(CATALOGUE.by_name)
    assert {intent: count for intent, count in counts.items() if count < LEAST_EXAMPLES} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_stands_twice_or_under_two_intents(language: str) -> None:
    seen: dict[str, set[str]] = {}
    for intent, text in examples(language):
        seen.setdefault(" ".join(folded_words(text)) or text, set()).add(intent)
    assert {text: intents for text, intents in seen.items() if len(intents) > 1} == {}


def test_the_answers_stand_in_the_order_of_the_catalogue() -> None:
    assert list(LOCALES.answers) == list(CATALOGUE.answers)  # that each has its keys and names, `content check` tells
