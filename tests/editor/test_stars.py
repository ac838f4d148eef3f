"""Bold words between stars: every text of the bot comes back from the form as it is in the files."""

import pytest

from bot.content.catalogues import DOMAINS
from bot.content.sources import source_texts
from bot.editor.stars import with_stars, without_stars
from bot.i18n import LOCALES_DIR


def test_every_text_comes_back_as_it_was() -> None:
    for domain in DOMAINS:
        for text in source_texts(LOCALES_DIR, domain):
            assert without_stars(with_stars(text.text)) == text.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("*Bold.*\nNot.", "<b>Bold.</b>\nNot."),
        ("<b>Bold.</b>", "<b>Bold.</b>"),
        ("* one\n* two", "* one\n* two"),
        ("*open", "*open"),
        ("a * b * c", "a * b * c"),
    ],
)
def test_stars_around_words_are_bold(typed: str, kept: str) -> None:
    assert without_stars(typed) == kept
