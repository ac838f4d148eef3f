"""The difference between two texts, word by word."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.editor.stars import with_stars

_WORDS = re.compile(r"\{\w+\}|</?\w+>|[\w’'‌-]+|\s+|[^\w\s]")


@unique
class Sort(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, went or came."""

    sort: Sort
    words: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return what stayed, went and came, in the order of reading; bold words between stars."""
    old, new = _WORDS.findall(with_stars(before)), _WORDS.findall(with_stars(after))
    found: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Sort.SAME, "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(Sort.GONE, "".join(old[a:b])))
        if c < d:
            found.append(Piece(Sort.NEW, "".join(new[c:d])))
    return found
