"""Numbers that stand in a text itself: the same in every language, in whichever digits."""

import re
import unicodedata
from collections.abc import Iterator

from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.kept import kept

RULE = "numbers"
_NOT_WORDS = re.compile(r"<[^<>]*>|\{\w+\}|%\(\w+\)[sd]|&#\d+;")
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[ ,.'\u00a0\u202f\u066c]\d{3})+(?!\d)|\d+")


def check(content: Content) -> Iterator[Finding]:
    """Yield translations whose numbers are not those of the English text."""
    for text in content.pairs:
        wanted, held = numbers(text.english), numbers(text.text)
        if wanted != held:
            values = {"wanted": ", ".join(wanted) or "–", "held": ", ".join(held) or "–"}
            yield Finding(text.file, text.entry, RULE, "other", values)


@kept
def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in ASCII digits, sorted; 4,000 and 4 000 are 4000."""
    found = _NUMBER.findall(_NOT_WORDS.sub(" ", text))
    return tuple(sorted("".join(str(unicodedata.digit(c)) for c in number if c.isdigit()) for number in found))
