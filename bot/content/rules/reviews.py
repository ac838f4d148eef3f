"""Reviews: no fact and no answer is shown after the day until which it counts as checked; no call that cannot be."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.content import Content
from bot.content.finding import Finding, Level
from bot.content.rules.facts import facts_of
from bot.facts import Unit
from bot.review import SOON, day, review_by

RULE = "reviews"


@dataclass(frozen=True)
class _Checked:
    file: str
    entry: str
    checked: dt.date
    review_by: dt.date
    shown: int  # in how many texts


def check(content: Content) -> Iterator[Finding]:
    """Yield what is overdue, warn of what will be soon, and yield dates that cannot be."""
    yield from _calls(content)
    for one in (*_facts(content), *_answers(content)):
        values = {"checked": one.checked, "review_by": one.review_by, "count": one.shown}
        if one.checked > content.today:
            yield Finding(one.file, one.entry, RULE, "future", values)
        elif one.review_by < one.checked:
            yield Finding(one.file, one.entry, RULE, "backwards", values)
        elif one.review_by < content.today:
            level = Level.ERROR if one.shown else Level.WARNING
            yield Finding(one.file, one.entry, RULE, "overdue", values, level)
        elif one.review_by - SOON <= content.today:
            yield Finding(one.file, one.entry, RULE, "soon", values, Level.WARNING)


def _calls(content: Content) -> Iterator[Finding]:
    """Yield calls that cannot have been made."""
    for fact in content.facts.facts.values():
        if fact.test_dialled is None:
            continue
        values = {"day": fact.test_dialled, "unit": fact.unit.value}
        if fact.unit is not Unit.PHONE:
            yield Finding(content.named("facts.yml"), fact.name, RULE, "no_phone", values)
        elif fact.test_dialled > content.today:
            yield Finding(content.named("facts.yml"), fact.name, RULE, "call_ahead", values)


def _facts(content: Content) -> Iterator[_Checked]:
    shown = [fact.name for text in content.english for fact in facts_of(text, content)]
    shown += [str(name) for entry in content.locales.answers.values() for name in entry.get("backed_by", {}).values()]
    for fact in content.facts.facts.values():
        if fact.value is not None:
            count = shown.count(fact.name)
            yield _Checked(content.named("facts.yml"), fact.name, fact.checked, fact.review_by, count)


def _answers(content: Content) -> Iterator[_Checked]:
    for intent, entry in content.locales.answers.items():
        file = content.named("source/answers.yml")
        yield _Checked(file, f"answer/{intent}", day(entry["checked"]), review_by(entry), 1)
