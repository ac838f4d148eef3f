"""The form of an answer: first line bold, as many lines in every language, neither too short nor too long to help."""

import re
from collections.abc import Iterator

from bot.content.content import Content, Kind, Text
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.content.sources import PLACEHOLDER
from bot.facts import Unit
from bot.gateway.markup import plain

RULE = "layout"
FEWEST, MOST = 45, 135  # words of an English answer
CARD, MOST_OF_CARD = "card_", 75  # words of what somebody in danger sees, in any language
_BOLD_LINE = re.compile(r"<b>(?:(?!</?b>).)+</b>")


def check(content: Content) -> Iterator[Finding]:
    """Yield answers whose first line is not the answer, and translations that have lost or gained a line."""
    phones = {name for name, fact in content.facts.facts.items() if fact.unit is Unit.PHONE}
    for text in content.shown:
        if text.kind not in (Kind.ANSWER, Kind.TEXT):
            continue
        lines, wanted = _lines(text.text), _lines(text.english)
        if len(lines) != len(wanted):
            yield Finding(text.file, text.entry, RULE, "lines", {"held": len(lines), "wanted": len(wanted)})
        count = _words(text.text)
        if text.name.startswith(CARD) and count > MOST_OF_CARD:
            yield Finding(text.file, text.entry, RULE, "card", {"count": count, "most": MOST_OF_CARD})
        if text.kind is Kind.ANSWER:
            yield from _of_answer(text, lines, phones, count)


@kept
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


@kept
def _words(text: str) -> int:
    return len(plain(text).split())


def _of_answer(text: Text, lines: tuple[str, ...], phones: set[str], count: int) -> Iterator[Finding]:
    if not _BOLD_LINE.fullmatch(lines[0] if lines else ""):
        yield Finding(text.file, text.entry, RULE, "not_bold")
    for line in lines:
        if line.startswith("☎") and (PLACEHOLDER.findall(line) or [""])[0] not in phones:
            yield Finding(text.file, text.entry, RULE, "no_number", {"line": line})
    if text.is_english and not FEWEST <= count <= MOST:
        values = {"count": count, "fewest": FEWEST, "most": MOST}
        yield Finding(text.file, text.entry, RULE, "words", values)
