"""Every answer and every text, in every language, as a person would see it."""

import re
from collections import Counter

import pytest

from bot.facts import Confidence
from bot.gateway.callbacks import seal_payload
from bot.gateway.markup import plain, well_formed
from bot.i18n import Locales, load_locales
from bot.text import utf16_length

LOCALES: Locales = load_locales()
LANGUAGES = list(LOCALES.languages)
EVERY_ANSWER = [(language, intent) for language in LANGUAGES for intent in LOCALES.answers]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"</?\w+>")
NUMBER = re.compile(r"\d+")
LONGEST_BUTTON = 34
PROMISES = re.compile(r"\b(we guarantee|guaranteed|anonymous\w*|100 ?%)\b", re.IGNORECASE)
HEDGED = {
    Confidence.THEN: re.compile(
        r"\{\w*(?:year|from)\}|\{women_year\}|not confirm|may have changed|was |In \{", re.IGNORECASE
    )
}


@pytest.mark.parametrize(("language", "intent"), EVERY_ANSWER)
def test_an_answer_can_be_shown(language: str, intent: str) -> None:
    shown = LOCALES.answer(intent, language)
    assert well_formed(shown) == shown
    assert not PLACEHOLDER.search(shown)
    assert utf16_length(plain(shown)) <= 1500
    assert shown.startswith("<b>"), "the answer first, in bold"
    assert LOCALES.text("answer_footer", language, sources="X", checked="Y").strip()[:6] in shown


@pytest.mark.parametrize("intent", LOCALES.answers)
def test_an_answer_is_short_enough_to_be_read_on_a_phone(intent: str) -> None:
    words = len(plain(LOCALES.answers[intent]["text"]).split())
    assert 45 <= words <= 135, words


@pytest.mark.parametrize(("language", "intent"), [pair for pair in EVERY_ANSWER if pair[0] != "en"])
def test_a_translation_has_the_same_facts_tags_and_numbers(language: str, intent: str) -> None:
    source, text = LOCALES.answers[intent]["text"], LOCALES.translations[language][f"answer/{intent}"]
    for pattern in (PLACEHOLDER, TAG):
        assert Counter(pattern.findall(text)) == Counter(pattern.findall(source))
    assert sorted(NUMBER.findall(text)) == sorted(NUMBER.findall(source)), "a number that is no fact"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_fits(language: str) -> None:
    for key in LOCALES.labels:
        if key.startswith(("btn_", "topic:", "act:", "answer:")):
            title = LOCALES.label(key, language)
            assert 0 < len(title) <= LONGEST_BUTTON, (key, title)
    for intent in LOCALES.answers:
        assert len(seal_payload(f"request_help:{intent}", sender="x" * 32, key=bytes(32)).encode()) <= 64


@pytest.mark.parametrize("intent", LOCALES.answers)
def test_no_answer_promises_what_nobody_keeps(intent: str) -> None:
    text = LOCALES.answers[intent]["text"]
    assert not [match for match in PROMISES.findall(text) if "not " + match not in text.lower()]


@pytest.mark.parametrize("intent", LOCALES.answers)
def test_no_answer_shows_a_fact_that_nobody_has_confirmed(intent: str) -> None:
    shown = [LOCALES.facts.facts[name] for name in LOCALES.facts_used(intent)]
    assert [fact.name for fact in shown if fact.confidence is Confidence.UNCONFIRMED or fact.value is None] == []


@pytest.mark.parametrize("intent", LOCALES.answers)
def test_a_fact_of_another_day_stands_with_its_day(intent: str) -> None:
    text = LOCALES.answers[intent]["text"]
    for line in text.splitlines():
        for name in PLACEHOLDER.findall(line):
            fact = LOCALES.facts.facts[name]
            if fact.confidence is Confidence.THEN and not name.endswith("_year"):
                assert HEDGED[Confidence.THEN].search(text), f"{name} in {line!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_number_stands_at_the_beginning_of_its_line(language: str) -> None:
    phones = [fact.name for fact in LOCALES.facts.facts.values() if fact.unit.value == "phone"]
    for intent in LOCALES.answers:
        for line in LOCALES.answers[intent]["text"].splitlines():
            if line.startswith("☎"):
                assert PLACEHOLDER.findall(line)[0] in phones, (intent, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_card_is_short(language: str) -> None:
    for name in ("card_danger_now", "card_self_harm", "card_medical_emergency"):
        text = plain(LOCALES.text(name, language))
        assert "112" in text
        assert len(text.split()) <= 75, (name, len(text.split()))
