"""The directory of service providers, where there is one: its numbers are facts, its texts agree, it is not too old."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.content import Content
from bot.content.finding import Finding, Level
from bot.content.rules.numbers import numbers
from bot.content.shapes import PROVIDER, check_entry
from bot.facts import Unit
from bot.i18n import SOURCE_LANGUAGE
from bot.review import REVIEW_MONTHS, SOON, day, months_after

RULE = "providers"
FILE, PART = "providers.yml", "providers"
NAME = re.compile(r"[a-z0-9_]{1,70}")  # it must fit into a consent's recipient
TEXTS = ("name", "takes", "hours", "caution")
RISK = "medium"


def check(content: Content) -> Iterator[Finding]:
    """Yield what does not fit facts.yml, what differs between the languages, and what is overdue."""
    file = content.named(FILE)
    if file not in content.files:
        return
    entries = content.files[file].get(PART)
    if not isinstance(entries, dict):
        yield Finding(file, PART, RULE, "not_entry")
        return
    for name, entry in ((str(name), entry) for name, entry in entries.items()):
        if not isinstance(entry, dict):
            yield Finding(file, name, RULE, "not_entry")
            continue
        if not NAME.fullmatch(name):
            yield Finding(file, name, RULE, "not_name", {"name": name})
        yield from check_entry(file, name, entry, PROVIDER)
        yield from _facts(content, file, name, entry)
        yield from _review(content, file, name, entry)
        for part in TEXTS:
            if isinstance(entry.get(part), dict):
                yield from _texts(file, f"{name}, {part}", entry[part])


def _facts(content: Content, file: str, name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    facts = content.facts.facts
    phones = [(str(used), Unit.PHONE) for used in _listed(entry.get("phones"))]
    address = [(str(entry["address"]), Unit.ADDRESS)] if entry.get("address") else []
    for used, unit in phones + address:
        if used not in facts:
            yield Finding(file, name, RULE, "no_fact", {"fact": used})
        elif facts[used].unit is not unit:
            yield Finding(file, name, RULE, "other_unit", {"fact": used, "unit": facts[used].unit, "wanted": unit})
        elif facts[used].behind not in (None, entry.get("behind")):
            values = {"fact": used, "theirs": facts[used].behind, "ours": entry.get("behind")}
            yield Finding(file, name, RULE, "other_behind", values)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _review(content: Content, file: str, name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        checked = day(entry.get("checked"))
    except ValueError:
        yield Finding(file, name, RULE, "no_day", {"value": entry.get("checked")})
        return
    until = months_after(checked, REVIEW_MONTHS[RISK])
    values = {"checked": checked, "review_by": until}
    if checked > content.today:
        yield Finding(file, name, RULE, "future", values)
    elif until < content.today:
        yield Finding(file, name, RULE, "overdue", values)
    elif until - SOON <= content.today:
        yield Finding(file, name, RULE, "soon", values, Level.WARNING)


def _texts(file: str, at: str, texts: Mapping[str, Any]) -> Iterator[Finding]:
    english = str(texts.get(SOURCE_LANGUAGE) or "")
    if not english:
        yield Finding(file, at, RULE, "no_english")
    for language, text in texts.items():
        if english and text and numbers(str(text)) != numbers(english):
            held, wanted = ", ".join(numbers(str(text))) or "–", ", ".join(numbers(english)) or "–"
            yield Finding(file, at, RULE, "numbers", {"language": language, "held": held, "wanted": wanted})
