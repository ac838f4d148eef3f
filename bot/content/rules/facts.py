"""Facts: what a text shows has a value, and is confirmed or worded as not confirmed."""

from collections import Counter
from collections.abc import Iterator

from bot.content.content import Content, Text
from bot.content.finding import Finding, Level
from bot.content.sources import PLACEHOLDER
from bot.content.wording import forms, readable
from bot.facts import Confidence, Fact, Unit
from bot.i18n import SOURCE_LANGUAGE

RULE = "facts"


def check(content: Content) -> Iterator[Finding]:
    """Yield facts that are empty or shown as surer than they are; warn of those that only a weak page has."""
    hedged = forms(content.glossary["hedges"][SOURCE_LANGUAGE], SOURCE_LANGUAGE)
    weak: Counter[str] = Counter()
    for text in content.english:
        for fact in facts_of(text, content):
            if fact.value is None:
                yield Finding(text.file, text.entry, RULE, "empty", {"name": fact.name})
                continue
            weak[fact.name] += fact.confidence is Confidence.WEAK
            lines = [line for line in text.text.splitlines() if f"{{{fact.name}}}" in line]
            is_said = all(hedged.search(readable(line, SOURCE_LANGUAGE)) for line in lines)
            if fact.confidence is Confidence.UNCONFIRMED and not is_said:
                yield Finding(text.file, text.entry, RULE, "unconfirmed", {"name": fact.name})
            if fact.confidence is Confidence.THEN and not (is_said or _has_its_date(fact, text, content)):
                yield Finding(text.file, text.entry, RULE, "undated", {"name": fact.name, "date": fact.date})
    for name, count in weak.items():
        if count:
            yield Finding(content.named("facts.yml"), name, RULE, "weak", {"count": count}, Level.WARNING)


def facts_of(text: Text, content: Content) -> list[Fact]:
    """Return the facts that an English text shows."""
    names = dict.fromkeys(PLACEHOLDER.findall(text.text))
    return [content.facts.facts[name] for name in names if name in content.facts.facts]


def _has_its_date(fact: Fact, text: Text, content: Content) -> bool:
    """Tell whether the text says of when the fact is: by itself, or by a year or day of the same source."""
    return any(other.unit is Unit.DATE and other.source == fact.source for other in facts_of(text, content))
