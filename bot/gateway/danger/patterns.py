"""The patterns that editors write in `locales/<lang>/danger.yml`, turned into spaCy's.

Words stand in order. `word*` is any word that begins so, `a|b` one or the other, `word?` may be missing, `word~`
allows one typing mistake, `...` stands for up to three words of any kind. Patterns and messages are folded alike.
"""

import re
from functools import lru_cache
from typing import Any

from bot.text import fold, folded_word

GAP = "..."
LONGEST_GAP = 3

TokenPattern = dict[str, Any]


class PatternError(ValueError):
    """A pattern cannot be used; the message shows it and says why."""


def compile_pattern(pattern: str) -> list[TokenPattern]:
    """Return spaCy's form of a pattern; raise `PatternError` when it is not of the form above."""
    tokens: list[TokenPattern] = []
    for word in pattern.split():
        if word == GAP:
            tokens += [{"OP": "?"}] * LONGEST_GAP
        else:
            tokens.append(_token(word, pattern))
    if all("OP" in token for token in tokens):
        raise PatternError(f"The pattern {pattern!r} has no word that must occur.")
    return tokens


def keys_of(pattern: str) -> tuple[str, ...]:
    """Return the words of which one must occur wherever the pattern fits; nothing when there is no such word.

    A key that ends in `*` stands for every word that begins so. The rarest word serves, judged by its length.
    """
    candidates = []
    for word in pattern.split():
        alternatives = word.split("|")
        if word != GAP and not word.endswith("?") and not any(a.endswith("~") for a in alternatives):
            keys = tuple(_plain(a.rstrip("*"), pattern) + ("*" if a.endswith("*") else "") for a in alternatives)
            candidates.append((min(len(key) for key in keys), -len(keys), keys))
    return max(candidates)[2] if candidates else ()


def _token(word: str, pattern: str) -> TokenPattern:
    optional = word.endswith("?")
    alternatives = word.rstrip("?").split("|")
    if any(a.endswith("~") for a in alternatives):
        if len(alternatives) > 1:
            raise PatternError(f"In {pattern!r}, '~' goes with one word, not with '|'.")
        token: TokenPattern = {"TEXT": {"FUZZY1": _plain(alternatives[0].rstrip("~"), pattern)}}
    else:
        choices = "|".join(_expression(a, pattern) for a in alternatives)
        token = {"TEXT": {"REGEX": f"^(?:{choices})$"}}
    return token | {"OP": "?"} if optional else token


def _expression(word: str, pattern: str) -> str:
    tail = r"\w*" if word.endswith("*") else ""
    return re.escape(_plain(word.rstrip("*"), pattern)) + tail


@lru_cache(maxsize=20_000)  # each word stands in several patterns, and each pattern is read for form and for keys
def _folded(word: str) -> str:
    return folded_word(fold(word))


def _plain(word: str, pattern: str) -> str:
    folded = _folded(word)
    if not folded:
        raise PatternError(f"In {pattern!r}, {word!r} has no letters.")
    return folded
