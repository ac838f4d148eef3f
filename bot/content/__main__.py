"""`python -m bot.content update|report`: for the editors' files."""

import sys

from bot.content.catalogues import update
from bot.content.console import LANGUAGES, update_console
from bot.content.report import page
from bot.i18n import LOCALES_DIR, SOURCE_LANGUAGE, language_codes
from bot.paths import ROOT

USAGE = """Usage: python -m bot.content update   bring changes of the English sources into every language's PO files
       python -m bot.content report   write docs/content.md: coverage and reviews of each language"""


def main(arguments: list[str]) -> int:
    """Do what is asked; return the exit code."""
    match arguments:
        case ["update"]:
            _update()
        case ["report"]:
            (ROOT / "docs" / "content.md").write_text(page(), encoding="utf-8")
            print("docs/content.md is written.")
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def _update() -> None:
    for language in language_codes():
        if language != SOURCE_LANGUAGE:
            update(LOCALES_DIR, language)
            if language in LANGUAGES:
                update_console(LOCALES_DIR, language)
            print(f"locales/{language}/LC_MESSAGES is up to date.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
