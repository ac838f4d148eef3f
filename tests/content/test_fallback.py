"""What is not translated, or of another English text, is shown in English under a note in the reader's language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.i18n import language_codes, load_locales
from tests.content.edits import Edit, emptied, marked, within

INTENT = "trafficking_debt"
TRANSLATED = tuple(code for code in language_codes() if code != "en")
CHANGED = within("source/answers.yml", INTENT, "You do not have to sign", "You need not sign")


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("edit", [emptied, marked])
def test_an_answer_that_is_missing_or_fuzzy_comes_in_english_and_says_so(
    locales: Path, language: str, edit: Callable[[str, str, str], Edit]
) -> None:
    edit(language, "answers", f"answer/{INTENT}")(locales)
    assert_in_english(locales, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_changed_english_answer_replaces_its_translations_before_anybody_runs_the_update(
    locales: Path, language: str
) -> None:
    CHANGED(locales)
    assert_in_english(locales, language)


def assert_in_english(locales: Path, language: str) -> None:
    """Check that the answer begins with the note and goes on in English, and that others do not."""
    shown = load_locales(locales)
    note = shown.text("answer_other_language", language, language_name="English").strip()
    assert note != shown.text("answer_other_language", "en", language_name="English").strip()
    first, second = shown.answer(INTENT, language).splitlines()[:2]
    assert first == note
    assert "never gives anyone the right to hold you" in second
    assert note not in shown.answer("trafficking_child", language)
