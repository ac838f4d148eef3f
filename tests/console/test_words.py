"""Every word of the console is in its locale files, and nothing else is."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.paths import ROOT

CONSOLE = ROOT / "referral" / "console"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]


def used() -> set[str]:
    """Return every English text that the console shows."""
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(str(CONSOLE), METHODS, keywords=KEYWORDS):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found


KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


@pytest.mark.parametrize("language", ["az", "ru"])
def test_the_console_is_translated(language: str) -> None:
    with Path(ROOT, "locales", language, "LC_MESSAGES", "console.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and message.string and all(message.string) and not message.fuzzy
    }
    assert used() - translated == set()
