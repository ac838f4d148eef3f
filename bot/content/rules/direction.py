"""Right to left: numbers and Latin words stand in isolates, which the program makes and nobody types."""

import re
import unicodedata
from collections.abc import Iterator

from bot.bidi import END, START
from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.gateway.markup import plain

RULE = "direction"
MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ISOLATED = re.compile(f"{START}[^{START}{END}]*{END}")
_LEFT_TO_RIGHT = ("L", "EN")


def check(content: Content) -> Iterator[Finding]:
    """Yield invisible marks in the files, and what would be shown in the wrong order."""
    for text in content.texts:
        if mark := MARKS.search(text.text):
            values = {"mark": f"U+{ord(mark[0]):04X}", "after": text.text[: mark.start()][-20:]}
            yield Finding(text.file, text.entry, RULE, "mark", values)
    for text in content.shown:
        shown = content.rendered.get((text.language, text.entry))
        if shown is None or not content.locales.languages[text.language].rtl:
            continue
        if loose := _loose(shown):
            yield Finding(text.file, text.entry, RULE, "loose", {"letters": loose[:20]})


@kept
def _loose(shown: str) -> str:
    """Return the letters from left to right that stand outside of isolates."""
    rest = _ISOLATED.sub(" ", plain(shown))
    return "".join(c for c in rest if unicodedata.bidirectional(c) in _LEFT_TO_RIGHT or c in (START, END))
