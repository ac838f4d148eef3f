"""`python -m bot.content update`: bring the English sources' changes into every language's PO files."""

import sys

from bot.content.catalogues import update
from bot.i18n import LOCALES_DIR, SOURCE_LANGUAGE, language_codes


def main(arguments: list[str]) -> int:
    """Update all languages; return the exit code."""
    if arguments != ["update"]:
        print("Usage: python -m bot.content update", file=sys.stderr)
        return 2
    for language in language_codes():
        if language != SOURCE_LANGUAGE:
            update(LOCALES_DIR, language)
            print(f"locales/{language}/LC_MESSAGES is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
