"""Every text in every language as a person sees it: nothing broken, nothing too long, nothing the wrong way round."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from bot.bidi import END, START
from bot.content.limits import ANSWER, BUTTON, MESSAGE, limit_of
from bot.gateway.markup import plain, split, well_formed
from bot.i18n import LOCALES_DIR, Html, Locales, load_locales
from bot.text import utf16_length
from bot.yamlfile import load
from tests.content.conftest import TODAY

LOCALES: Locales = load_locales()
LANGUAGES = list(LOCALES.languages)
VALUES = {name: Html(value["example"]) for name, value in load(LOCALES_DIR / "source" / "placeholders.yml").items()}
PLACEHOLDER = re.compile(r"[{}]")


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every message of the bot with its name."""
    for intent in LOCALES.answers:
        yield f"answer/{intent}", LOCALES.answer(intent, language, today=TODAY)
    for name in LOCALES.dialogue:
        yield f"text/{name}", LOCALES.text(name, language, **VALUES).strip()


def labels(language: str) -> Iterator[tuple[str, str]]:
    """Yield every short word of the bot with its name."""
    for key in LOCALES.labels:
        yield f"label/{key}", LOCALES.label(key, language, **VALUES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_sent_as_it_is(language: str) -> None:
    for name, shown in texts(language):
        assert well_formed(shown) == shown, name
        assert not PLACEHOLDER.search(shown), name
        assert utf16_length(plain(shown)) <= (ANSWER if name.startswith("answer/") else MESSAGE), name
        assert split(shown) == [shown], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits_its_place(language: str) -> None:
    for name, shown in labels(language):
        assert shown.strip(), name
        assert not PLACEHOLDER.search(shown), name
        assert utf16_length(shown) <= limit_of(name) + 2 * LOCALES.languages[language].rtl * shown.count(START), name
    assert limit_of("label/btn_menu") == BUTTON


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_begins_with_the_answer_and_ends_with_where_it_is_from(language: str) -> None:
    for intent in LOCALES.answers:
        lines = LOCALES.answer(intent, language, today=TODAY).splitlines()
        assert re.fullmatch(r"<b>.+</b>", lines[0]), intent
        assert LOCALES.answer_footer(intent, language) in lines[-2:], intent


@pytest.mark.parametrize("language", LANGUAGES)
def test_isolates_are_where_the_writing_runs_from_right_to_left_and_nowhere_else(language: str) -> None:
    for name, shown in [*texts(language), *labels(language)]:
        depth = 0
        for character in plain(shown):
            if character in (START, END):
                assert LOCALES.languages[language].rtl, name
                depth += 1 if character == START else -1
            assert 0 <= depth <= 1, name
            if LOCALES.languages[language].rtl and depth == 0 and not name.startswith("label/lang_"):
                assert unicodedata.bidirectional(character) not in ("L", "EN"), (name, character)
        assert depth == 0, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_nobody_confirmed_and_a_late_check_are_told(language: str) -> None:
    late = TODAY.replace(year=2030)
    note = plain(LOCALES.text("answer_weak", language, facts=LOCALES.facts.render("hotline_labour", language))).strip()
    assert note in plain(LOCALES.answer("work_contract", language, today=TODAY))
    assert note not in plain(LOCALES.answer("hotline_emergency", language, today=TODAY))
    due = LOCALES.text("answer_overdue", language, day="X").strip().partition("X")[0]
    for intent in LOCALES.answers:
        assert due not in LOCALES.answer(intent, language, today=TODAY)
        assert due.rstrip(START) in LOCALES.answer(intent, language, today=late)
