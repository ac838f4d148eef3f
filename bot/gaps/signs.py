"""What a pattern can find: links, addresses of mail, handles, telephone numbers, codes, everything with a digit."""

import re
import unicodedata
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

REGION = "AZ"
_PATTERNS = (
    re.compile(r"(?:https?://|www\.|t\.me/|wa\.me/)\S+", re.IGNORECASE),
    re.compile(r"\S+\s*(?:@|[(\[]\s*at\s*[)\]])\s*\S+(?:\s*\.\s*\w+)*", re.IGNORECASE),
    re.compile(r"\S+(?:\s+dot\s+\S+)*\s+at\s+\S+\s+dot\s+\w+", re.IGNORECASE),
    re.compile(r"\S+\s+at\s+\w+\.\w+", re.IGNORECASE),
    re.compile(r"@\s?\w+"),
    re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:az|com|net|org|ru|ua|ge|tr|ir|info|me|io|рф|укр)\b(?:/\S*)?", re.IGNORECASE),
    re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE),
    re.compile(r"\w*[_#]\w*"),
    re.compile(r"[\w-]*\d[\w./:,'’()-]*(?:[\s()./:+-]*\d[\w./-]*)*"),  # whatever has a digit, with its neighbours
    re.compile(r"(?<!\w)(?:\w[\s.·-]+){2,}\w(?!\w)"),  # s p e l l e d
)
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def cleaned(text: str) -> str:
    """Return a text in Unicode's plain form, without letters that nobody sees, all digits as 0 to 9."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places in a cleaned text of everything that one of the patterns finds."""
    for number in PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE):
        yield number.start, number.end
    for pattern in _PATTERNS:
        yield from (match.span() for match in pattern.finditer(text))
