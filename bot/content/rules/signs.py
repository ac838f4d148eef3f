"""Signs: no exclamation marks, and only the few pictures that are signs (voice: plain, without pity or cheer)."""

import re
import unicodedata
from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.kept import kept

RULE = "signs"
ALLOWED = "☎🔒✖🌐•◀▶"
_EXCLAMATION = re.compile("[!¡！՜]")


def check(content: Content) -> Iterator[Finding]:
    """Yield exclamation marks and pictures."""
    for text in content.shown:
        if text.kind is Kind.SOURCE:
            continue
        if _EXCLAMATION.search(text.text):
            yield Finding(text.file, text.entry, RULE, "exclamation")
        if pictures := _pictures(text.text):
            yield Finding(text.file, text.entry, RULE, "picture", {"signs": pictures, "allowed": ALLOWED})


@kept
def _pictures(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) in ("So", "Sk", "Cs") and c not in ALLOWED)
