"""The languages of `locales/languages.yml`: those that people are offered, and those that are still being written.

Nothing of a language in preparation reaches people: its texts, words and examples are not read by the bot, not learned
and not served. `korpu content todo` says what it still lacks (docs/guides/add-a-language.md).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.yamlfile import load

FILE = "languages.yml"
LATIN = "LATIN"


@dataclass(frozen=True)
class Language:
    """One language; `letters` are those that its neighbours of the same alphabet do not all have.

    `bare`: people often type it without its own letters. `likelier`: how much more of what could be it or a neighbour
    of its alphabet is it.
    """

    code: str
    name: str
    rtl: bool
    hints: tuple[str, ...]
    offered: bool = True
    letters: frozenset[str] = frozenset()
    bare: bool = False
    likelier: float = 1.0

    @property
    def script(self) -> str:
        """Return the alphabet of the language's own name, as Unicode calls it, such as LATIN or ARABIC."""
        return script_of(self.name[0])


def script_of(letter: str) -> str:
    """Return the alphabet of a letter as Unicode calls it; nothing for what has no name."""
    return unicodedata.name(letter, "").partition(" ")[0]


def read_languages(directory: Path) -> dict[str, Language]:
    """Return every language of `directory`, which is `locales`, in the order of the menu."""
    return languages_of(load(directory / FILE))


def languages_of(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Language]:
    """Return the languages of what stands in languages.yml."""
    return {code: _language(code, entry) for code, entry in entries.items()}


def offered(directory: Path) -> dict[str, Language]:
    """Return the languages that people are offered."""
    return {code: language for code, language in read_languages(directory).items() if language.offered}


def in_preparation(directory: Path) -> frozenset[str]:
    """Return the codes of languages whose files nobody but their editors reads yet; none where no list says so."""
    if not (directory / FILE).exists():
        return frozenset()
    return frozenset(code for code, language in read_languages(directory).items() if not language.offered)


def served_files(directory: Path, name: str) -> list[Path]:
    """Return the files of a name, such as `words.yml`, of every language that is not in preparation."""
    waiting = in_preparation(directory)
    return [path for path in sorted(directory.glob(f"*/{name}")) if path.parent.name not in waiting]


def _language(code: str, entry: Mapping[str, Any]) -> Language:
    return Language(
        code=code,
        name=entry["name"],
        rtl=entry["rtl"],
        hints=tuple(entry["hints"]),
        offered=entry.get("offered", True),
        letters=frozenset(entry.get("letters", "")),
        bare=entry.get("bare", False),
        likelier=float(entry.get("likelier", 1)),
    )
