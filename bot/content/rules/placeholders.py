"""Placeholders: the same in every language, and none that nothing fills."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from fnmatch import fnmatch

from bot.content.content import Content, Kind, Text
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.content.sources import PLACEHOLDER

RULE = "placeholders"
OF_BOT = re.compile(r"\{\w+\}")
OF_CONSOLE = re.compile(r"%\(\w+\)[sd]")
BRACE = re.compile(r"[{}]")


def check(content: Content) -> Iterator[Finding]:
    """Yield what is missing, too much, broken or filled by nothing."""
    for text in content.pairs:
        yield from _unlike_english(text)
    for text in content.shown:
        if _has_lone_brace(text.text):
            yield Finding(text.file, text.entry, RULE, "broken")
    for text in content.english:
        for name in dict.fromkeys(PLACEHOLDER.findall(text.text)):
            if not _is_filled(name, text, content):
                yield Finding(text.file, text.entry, RULE, *_why_not(name, content))


def _unlike_english(text: Text) -> Iterator[Finding]:
    pattern = OF_CONSOLE if text.kind is Kind.CONSOLE else OF_BOT
    if _names(pattern, text.english) == _names(pattern, text.text):
        return
    wanted, held = Counter(_names(pattern, text.english)), Counter(_names(pattern, text.text))
    if lost := wanted - held:
        yield Finding(text.file, text.entry, RULE, "missing", {"names": ", ".join(sorted(lost.elements()))})
    if added := held - wanted:
        yield Finding(text.file, text.entry, RULE, "extra", {"names": ", ".join(sorted(added.elements()))})


@kept
def _names(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(pattern.findall(text))


@kept
def _has_lone_brace(text: str) -> bool:
    return BRACE.search(PLACEHOLDER.sub("", text)) is not None


def _why_not(name: str, content: Content) -> tuple[str, dict[str, object]]:
    """Return the problem with a name that nothing fills: it is not known, or filled in other texts only."""
    if name in content.explained.values:
        return "elsewhere", {"name": f"{{{name}}}"}
    known = [*content.facts.facts, *content.explained.values]
    near = get_close_matches(name, known, n=1) or ["–"]
    return "unknown", {"name": f"{{{name}}}", "near": near[0]}


def _is_filled(name: str, text: Text, content: Content) -> bool:
    if name in content.facts.facts:
        return True
    value = content.explained.values.get(name)
    if value is None or text.kind not in (Kind.TEXT, Kind.LABEL):
        return False
    return _is_among(text.name, value.get("in", ["*"])) and not _is_among(text.name, value.get("not_in", []))


def _is_among(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
