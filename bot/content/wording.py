"""Words and their forms in a text of any of the languages, as glossary.yml writes them.

`word*` is any word that begins so, `*word` one that ends so, `*word*` one that has it inside; two words are a
sequence. Letters count as people read them: not case, not the marks that Arabic script may leave out.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.content.kept import kept

_MARKUP = re.compile(r"<[^<>]*>|\{\w+\}|%\(\w+\)[sd]")
_MARKS = re.compile("[" + "".join(c for c in map(chr, range(0x3000)) if unicodedata.category(c) == "Mn") + "]")
_DOTLESS = frozenset({"az", "crh", "gag", "kaa", "tr", "tt"})  # of all languages, those whose small letter of I is ı


@kept
def readable(text: str, language: str) -> str:
    """Return a text without tags and placeholders, in small letters without marks."""
    return _letters(_MARKUP.sub(" ", text), language)


@kept
def found_in(text: str, words: re.Pattern[str], language: str, other: re.Pattern[str] | None = None) -> str | None:
    """Return the first of the words that a text has, as it reads; `other` are words that only look like them."""
    read = readable(text, language)
    match = words.search(read if other is None else other.sub(" ", read))
    return None if match is None else match[0]


def forms(patterns: Iterable[str], language: str) -> re.Pattern[str]:
    """Return an expression that finds any of the forms in what `readable` returns; none at all when there are none."""
    alternatives = [_expression(pattern, language) for pattern in patterns]
    return re.compile("|".join(alternatives) if alternatives else r"(?!)")


def _expression(pattern: str, language: str) -> str:
    return r"[\s\u200c-]+".join(_word(word, language) for word in pattern.split())


def _word(word: str, language: str) -> str:
    begin = "" if word.startswith("*") else r"(?<!\w)"
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return begin + re.escape(_letters(word.strip("*"), language)) + end


def _letters(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("İ", "i")
    if language in _DOTLESS:
        text = text.replace("I", "ı")
    return _MARKS.sub("", text.casefold())
