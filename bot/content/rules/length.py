"""Length: what Telegram takes, and what is read on a phone."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.content.limits import limit_of
from bot.gateway.markup import plain
from bot.text import utf16_length

RULE = "length"


def check(content: Content) -> Iterator[Finding]:
    """Yield texts that are too long once they are filled in, and words for buttons that are empty."""
    for text in content.shown:
        shown = content.rendered.get((text.language, text.entry))
        if shown is None:
            continue
        length, limit = _length(shown), limit_of(text.entry)
        if length > limit:
            yield Finding(text.file, text.entry, RULE, "too_long", {"length": length, "limit": limit})
        elif not length and text.kind is Kind.LABEL:
            yield Finding(text.file, text.entry, RULE, "empty")


@kept
def _length(shown: str) -> int:
    return utf16_length(plain(shown).strip())
