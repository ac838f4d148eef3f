"""What `korpu content …` and `python -m bot.content …` do; each prints, and returns the exit code."""

from collections.abc import Sequence
from pathlib import Path

from bot.content.catalogues import update as update_language
from bot.content.check import check_content
from bot.content.live.state import read_state
from bot.content.live.status import status as live_status
from bot.content.messages import LANGUAGES, editors_language, load_messages
from bot.content.report import page
from bot.errors import OperatorError
from bot.i18n import SOURCE_LANGUAGE, language_codes
from bot.paths import ROOT
from bot.settings import Settings


def check(files: Sequence[Path] = (), *, lang: str | None = None, locales: Path | None = None) -> int:
    """Say what is wrong with the content, or with those files of it; 1 when there is a mistake."""
    language = _language(lang)
    locales = locales or Settings.from_env().locales_dir
    for file in files:
        if not file.resolve().is_relative_to(locales.resolve()):
            raise OperatorError(f"{file} is not a file of {locales}.")
    report = check_content(locales, files=files)
    for line in load_messages(language).lines(report):
        print(line)
    return 1 if report.errors else 0


def status(*, lang: str | None = None) -> int:
    """Say what people read since when, and what is wrong with what they do not read; 1 when there is such."""
    language, released = _language(lang), Settings.from_env().released
    for line in live_status(released, language):
        print(line)
    return 0 if read_state(released.data_dir).refused is None else 1


def update() -> int:
    """Bring changes of the English sources into every language's PO files."""
    locales = Settings.from_env().locales_dir
    for language in language_codes(locales):
        if language != SOURCE_LANGUAGE:
            update_language(locales, language)
            print(f"{locales.name}/{language}/LC_MESSAGES is up to date.")
    return 0


def report() -> int:
    """Write docs/content.md."""
    (ROOT / "docs" / "content.md").write_text(page(), encoding="utf-8")
    print("docs/content.md is written.")
    return 0


def _language(lang: str | None) -> str:
    language = lang or editors_language()
    if language not in LANGUAGES:
        raise OperatorError(f"--lang is {language!r}; the check speaks {', '.join(LANGUAGES)}.")
    return language
