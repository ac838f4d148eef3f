"""Folding: one spelling for what people type in many, shared by understanding and by the danger gate.

People drop diacritics, type Azerbaijani on an English keyboard and stretch words ("helllp"). Folding both the
patterns and the messages is the largest single gain that was measured (57 → 75 % for Azerbaijani without its letters).
"""

import re
import unicodedata

_KEEP = {"й": "\ue000", "Й": "\ue000"}  # й is a letter of its own, not и with a mark
# Ukrainian і ї є ґ, Persian and Arabic forms of one letter, tatweel, and the half-space that few people type.
_LETTERS = str.maketrans(
    {"ə": "e", "ı": "i", "ё": "е", "ø": "o", "ß": "ss", "і": "и", "ї": "и", "є": "е", "ґ": "г"}
    | {"ک": "ك", "ی": "ي", "ى": "ي", "ئ": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و", "ء": ""}
    | {"ـ": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": ""}
    | {chr(start + digit): str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
)
_APOSTROPHES = re.compile(r"[\u0027\u2018\u2019\u02bc\u0060\u00b4]")
_STRETCHED = re.compile(r"(\w)\1{2,}")
# A table, because it is applied to each letter of 105,000 patterns at a start. No later plane has such marks.
_MARKS = dict.fromkeys(code for code in range(0x0300, 0x20000) if unicodedata.combining(chr(code)))
# Signs that are part of a word although Python does not count them as letters: vowels of the scripts of South and
# South-East Asia.
_VOWELS = "".join(c for c in map(chr, range(0x0900, 0x1100)) if unicodedata.category(c) in ("Mn", "Mc"))
_WORD = re.compile(rf"[\w{_VOWELS}]+")


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, apostrophes and stretched letters.

    Turkish and Azerbaijani capital I and İ both become i. The result is for matching only, never for showing.
    """
    text = unicodedata.normalize("NFKC", text).replace("İ", "i").replace("I", "i").casefold()
    for letter, mark in _KEEP.items():
        text = text.replace(letter, mark)
    text = text.translate(_LETTERS)
    text = unicodedata.normalize("NFD", text).translate(_MARKS)
    text = text.replace("\ue000", "й")
    text = _APOSTROPHES.sub("", text)
    return _STRETCHED.sub(r"\1\1", text)


def folded_word(text: str) -> str:
    """Return the letters and digits of a folded word, without punctuation and signs."""
    return text if text.isalnum() else "".join(_WORD.findall(text))


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text, without punctuation and signs."""
    return _WORD.findall(fold(text))


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, the unit in which Telegram counts its 4096."""
    return len(text.encode("utf-16-le")) // 2
