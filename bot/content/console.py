"""The words of the staff's console: taken from its code and templates, kept in `console.po` of its languages.

Unlike the bot's texts they have no ids: the English words stand in the code, and a changed text is a new one.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.content.catalogues import new_catalogue, write_catalogue
from bot.paths import ROOT

DOMAIN = "console"
LANGUAGES = ("az", "ru")
CONSOLE = ROOT / "referral" / "console"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
Text = str | tuple[str, str]


def console_texts() -> Iterator[Text]:
    """Yield every English text of the console, by file and line; one with a plural is a pair."""
    found = extract_from_dir(str(CONSOLE), METHODS, keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        yield (message[0], message[1]) if isinstance(message, tuple) else message


def update_console(directory: Path, language: str) -> None:
    """Bring `console.po` of a language up to date: new texts appear without a translation, unused ones go."""
    path = directory / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        held = {message.id: message for message in read_po(file, locale=language) if message.id}
    catalogue = new_catalogue(language, DOMAIN)
    for text in console_texts():
        old = held.get(text)
        catalogue.add(text, old.string if old else None, user_comments=old.user_comments if old else [])
    write_catalogue(path, catalogue)
