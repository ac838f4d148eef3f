"""The danger lexicons: every pattern can be used and read, and every kind of danger has its tests."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.content.content import Content
from bot.content.finding import Finding
from bot.gateway.danger import Danger
from bot.gateway.danger.patterns import PatternError, compile_pattern

RULE = "danger"
LONGEST = 300
GENERATED = "# generated"  # at the end of the line: no person wrote the pattern, and none is expected to read it
LISTS = ("patterns", "fires")
QUIET = "quiet"


def check(content: Content) -> Iterator[Finding]:
    """Yield languages without a lexicon, lists that are missing, and patterns that cannot be used or read."""
    held = {language for language, _file, _lexicon in content.of_languages("danger.yml")}
    for language in content.locales.languages.keys() - held:
        yield Finding(content.named(f"{language}/danger.yml"), "", RULE, "missing")
    for _language, file, lexicon in content.of_languages("danger.yml"):
        generated = {line.partition('"')[2].rpartition('"')[0] for line in content.lines[file] if GENERATED in line}
        yield from _lists(file, lexicon)
        for danger in Danger:
            for pattern in (lexicon.get(danger.value) or {}).get("patterns") or []:
                yield from _pattern(file, danger.value, str(pattern), generated)


def _lists(file: str, lexicon: dict[str, Any]) -> Iterator[Finding]:
    for danger in Danger:
        for name in LISTS:
            if not _are_texts((lexicon.get(danger.value) or {}).get(name)):
                yield Finding(file, danger.value, RULE, "no_list", {"list": name})
    if not _are_texts(lexicon.get(QUIET)):
        yield Finding(file, QUIET, RULE, "no_list", {"list": QUIET})


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item.strip() for item in value)


def _pattern(file: str, danger: str, pattern: str, generated: set[str]) -> Iterator[Finding]:
    if (fault := fault_of(pattern)) is not None:
        yield Finding(file, danger, RULE, "unusable", {"pattern": pattern, "reason": fault})
    if len(pattern) > LONGEST and pattern not in generated:
        values = {"pattern": f"{pattern[:40]}…", "length": len(pattern), "longest": LONGEST}
        yield Finding(file, danger, RULE, "too_long", values)


@lru_cache(maxsize=20_000)  # half of the time of a check, and the patterns seldom change
def fault_of(pattern: str) -> str | None:
    """Return why a pattern cannot be used, or None."""
    try:
        compile_pattern(pattern)
    except PatternError as error:
        return str(error)
    return None
