"""What `korpu content …` and `python -m bot.content …` do; each prints, and returns the exit code."""

from collections.abc import Sequence
from pathlib import Path

from bot.content.catalogues import update as update_language
from bot.content.check import check_content
from bot.content.messages import LANGUAGES, editors_language, load_messages
from bot.content.report.writing import changed, write
from bot.errors import OperatorError
from bot.i18n import LOCALES_DIR, SOURCE_LANGUAGE, language_codes
from bot.paths import ROOT
from bot.review import today


def check(files: Sequence[Path] = (), *, lang: str | None = None, locales: Path = LOCALES_DIR) -> int:
    """Say what is wrong with the content, or with those files of it; 1 when there is a mistake."""
    language = lang or editors_language()
    if language not in LANGUAGES:
        raise OperatorError(f"--lang is {language!r}; the check speaks {', '.join(LANGUAGES)}.")
    for file in files:
        if not file.resolve().is_relative_to(locales.resolve()):
            raise OperatorError(f"{file} is not a file of {locales}.")
    report = check_content(locales, files=files)
    messages = load_messages(language)
    for line in messages.lines(report):
        print(line)
    if not files and report.texts and _is_of_the_tree(locales) and changed(ROOT, today()):
        print(messages.of_report("old"))
    return 1 if report.errors else 0


def update() -> int:
    """Bring changes of the English sources into every language's PO files."""
    for language in language_codes():
        if language != SOURCE_LANGUAGE:
            update_language(LOCALES_DIR, language)
            print(f"locales/{language}/LC_MESSAGES is up to date.")
    return 0


def report() -> int:
    """Write docs/content.md and the badges; what still says what is so stays as it is."""
    for path in write(ROOT, today()):
        print(f"{path} is written.")
    print("docs/content.md and docs/badges say what is so today.")
    return 0


def _is_of_the_tree(locales: Path) -> bool:
    """Tell whether the page in docs/ is of these files."""
    return locales.resolve() == (ROOT / "locales").resolve()
