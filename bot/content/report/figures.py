"""The figures of the report on a day: coverage and reviews by language, age and reviews due by topic."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.content.catalogues import FIRST_DRAFT
from bot.content.report.states import SHOWN, Entry, Reading, entries
from bot.facts import Confidence, Fact, Unit
from bot.i18n import Locales, language_codes, load_locales
from bot.intents import present_catalogue
from bot.review import SOON, day, review_by

ANSWER = "answer/"


@dataclass(frozen=True)
class Dates:
    """When a thing was last held against its source, and until when that counts."""

    checked: dt.date
    review_by: dt.date

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether that day is over."""
        return self.review_by < today

    def is_soon(self, today: dt.date) -> bool:
        """Tell whether that day is near but not over."""
        return today <= self.review_by <= today + SOON


@dataclass(frozen=True)
class Age:
    """How old some things are: the oldest day of a check, the next day that is due, how many are due and overdue."""

    count: int
    oldest: dt.date | None
    next: dt.date | None
    soon: int
    overdue: int


@dataclass(frozen=True)
class OfLanguage:
    """What there is in one language."""

    language: str
    texts: int
    by_reading: Mapping[Reading, int]
    by_lawyer: int
    read_answers: Mapping[str, int]  # by topic: answers that a native speaker has read
    shown: Age  # of the answers that people see in this language

    @property
    def translated(self) -> int:
        """Return how many texts people see in this language."""
        return sum(self.by_reading[reading] for reading in SHOWN)

    @property
    def read(self) -> int:
        """Return how many texts a native speaker has read."""
        return self.by_reading[Reading.NATIVE]


@dataclass(frozen=True)
class OfTopic:
    """The answers of one topic, and the facts that they show or lean on."""

    topic: str
    answers: Age
    facts: Age
    machine: int  # answers that only the machine that wrote them has held against their sources


@dataclass(frozen=True)
class OfFacts:
    """All facts."""

    age: Age
    by_confidence: Mapping[Confidence, int]
    empty: int
    phones: int
    dialled: int


@dataclass(frozen=True)
class Figures:
    """Everything that the report says of texts and facts on a day."""

    today: dt.date
    languages: tuple[OfLanguage, ...]
    topics: tuple[OfTopic, ...]
    facts: OfFacts


@dataclass(frozen=True)
class _Content:
    locales: Locales
    today: dt.date

    @cached_property
    def answers(self) -> dict[str, Dates]:
        return {
            intent: Dates(day(entry["checked"]), review_by(entry)) for intent, entry in self.locales.answers.items()
        }

    def age(self, found: Collection[Dates]) -> Age:
        return Age(
            count=len(found),
            oldest=min((one.checked for one in found), default=None),
            next=min((one.review_by for one in found), default=None),
            soon=sum(one.is_soon(self.today) for one in found),
            overdue=sum(one.is_overdue(self.today) for one in found),
        )

    def age_of_facts(self, facts: Iterable[Fact]) -> Age:
        filled = {fact.name: Dates(fact.checked, fact.review_by) for fact in facts if fact.value is not None}
        return self.age(filled.values())


def gather(locales: Path, today: dt.date) -> Figures:
    """Count what lies below `locales` on a day; raise as `load_locales` and `read_catalogue` do."""
    content = _Content(load_locales(locales), today)
    texts = entries(locales, *language_codes(locales))
    return Figures(
        today=today,
        languages=tuple(_of_language(code, found, content) for code, found in texts.items()),
        topics=tuple(_of_topic(topic, content) for topic in present_catalogue().menu_topics),
        facts=_of_facts(content),
    )


def _of_language(language: str, found: list[Entry], content: _Content) -> OfLanguage:
    answers = {e.context.removeprefix(ANSWER): e.reading for e in found if e.context.startswith(ANSWER)}
    shown = [content.answers[intent] for intent, reading in answers.items() if reading in SHOWN]
    return OfLanguage(
        language=language,
        texts=len(found),
        by_reading=Counter(entry.reading for entry in found),
        by_lawyer=sum(entry.by_lawyer for entry in found),
        read_answers={
            topic: sum(answers[intent] is Reading.NATIVE for intent in _of(topic, content))
            for topic in present_catalogue().menu_topics
        },
        shown=content.age(shown),
    )


def _of_topic(topic: str, content: _Content) -> OfTopic:
    answers = {intent: content.answers[intent] for intent in _of(topic, content)}
    return OfTopic(
        topic=topic,
        answers=content.age(answers.values()),
        facts=content.age_of_facts(fact for intent in answers for fact in content.locales.facts_behind(intent)),
        machine=sum(one.checked <= FIRST_DRAFT.date() for one in answers.values()),
    )


def _of_facts(content: _Content) -> OfFacts:
    facts = content.locales.facts.facts.values()
    filled = [fact for fact in facts if fact.value is not None]
    phones = [fact for fact in filled if fact.unit is Unit.PHONE]
    return OfFacts(
        age=content.age_of_facts(facts),
        by_confidence=Counter(fact.confidence for fact in filled),
        empty=len(facts) - len(filled),
        phones=len(phones),
        dialled=sum(fact.test_dialled is not None for fact in phones),
    )


def _of(topic: str, content: _Content) -> list[str]:
    """Return the answers of a topic that have words; the check tells of one that has none."""
    return [intent for intent in present_catalogue().of_topic(topic) if intent in content.answers]
