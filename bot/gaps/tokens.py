"""A message as words, marks of punctuation, and signs: places where a pattern has found something that must go."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.gaps.signs import cleaned, spans
from bot.text import folded_words

_SIGN = "\ue000"
_PARTS = re.compile(
    r"(?P<sign>\ue000)"
    r"|(?P<word>\w(?:[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]|['\u2018\u2019\u02bc`\u00b4](?=\w))*)"
    r"|(?P<mark>[.,;:?!\n\u2026\u060c\u061b\u061f«»\"“”„])"
)
ENDS = frozenset(".?!;:\n…؛؟")


@unique
class Kind(StrEnum):
    """What a part of a message is."""

    WORD = "word"
    MARK = "mark"
    SIGN = "sign"


@dataclass(frozen=True)
class Token:
    """One part of a message; `folded` is empty for what is no word."""

    kind: Kind
    text: str
    folded: str = ""

    @property
    def ends(self) -> bool:
        """Tell whether a sentence, or a part of one, ends here."""
        return self.text in ENDS

    @property
    def capital(self) -> bool:
        """Tell whether it is written as names are: a capital, then small letters."""
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())


def tokens_of(text: str) -> list[Token]:
    """Read a message; everything else (signs, pictures, brackets) is left out."""
    return [_token(match) for match in _PARTS.finditer(_with_signs(cleaned(text)))]


def _token(match: re.Match[str]) -> Token:
    kind = Kind(match.lastgroup or Kind.MARK)
    return Token(kind, match[0], "".join(folded_words(match[0])) if kind is Kind.WORD else "")


def _with_signs(text: str) -> str:
    """Return a text in which what the patterns have found is one sign each."""
    letters = list(text.replace(_SIGN, " "))
    for start, end in spans(text):
        letters[start:end] = [_SIGN, *[""] * (end - start - 1)]
    return re.sub(f"{_SIGN}+", f" {_SIGN} ", "".join(letters))
