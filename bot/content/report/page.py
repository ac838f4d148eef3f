"""docs/content.md: the figures as a page."""

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.content.report.badge import english_name
from bot.content.report.figures import Age, Figures
from bot.content.report.states import Reading
from bot.content.report.understanding import Learnt
from bot.facts import Confidence

NONE = "–"
READINGS = {
    Reading.MISSING: "not translated",
    Reading.STALE: "source has changed since",
    Reading.DRAFT: "**machine draft, needs native review**",
    Reading.NATIVE: "reviewed by a native speaker",
}
CONFIDENCES = {
    Confidence.CONFIRMED: "a published page says so",
    Confidence.WEAK: "only a weak page says so",
    Confidence.THEN: "was so at its date",
    Confidence.UNCONFIRMED: "not confirmed",
}
AGE = ("oldest check", "next review due", "due within 30 days", "overdue")
AS_OF = "Counted on "
HEAD = """# What there is in each language, and who has read it

{badges}

{as_of}{today}. Written by `make content-report`; do not edit. The English source, all translations, the training
examples, the evaluation messages and the danger lexicons were drafted by a machine.
**What is not listed as reviewed, no native speaker has read.** No lawyer has read the English source.

To note a review, add the comment `# reviewed (native): your name, the day` (or `(lawyer)`) above the entry in the PO
file, or in Poedit's comment field. It goes by itself when the English text changes; whoever changes the translation
takes it away.
"""


def page(figures: Figures, understanding: Iterable[Learnt]) -> str:
    """Return docs/content.md; the same figures give the same bytes."""
    badges = " ".join(f"![{english_name(of.language)}](badges/content-{of.language}.svg)" for of in figures.languages)
    parts = [
        HEAD.format(as_of=AS_OF, today=figures.today, badges=badges).splitlines(),
        _texts(figures),
        _read_answers(figures),
        _shown(figures),
        _topics(figures),
        _facts(figures),
        _understanding(understanding),
    ]
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _texts(figures: Figures) -> Iterator[str]:
    yield "## Texts"
    yield from _table("language", "texts", *READINGS.values(), "reviewed by a lawyer")
    for of in figures.languages:
        yield _row(of.language, of.texts, *(of.by_reading.get(reading, 0) for reading in READINGS), of.by_lawyer)


def _read_answers(figures: Figures) -> Iterator[str]:
    yield "## Answers reviewed by a native speaker, by topic"
    yield from _table("topic", "answers", *(of.language for of in figures.languages))
    for topic in figures.topics:
        read = (of.read_answers[topic.topic] for of in figures.languages)
        yield _row(topic.topic, topic.answers.count, *read)


def _shown(figures: Figures) -> Iterator[str]:
    yield "## How old the answers are that people see, by language"
    yield "An answer that is overdue is shown with a line that says so."
    yield ""
    yield from _table("language", "answers", *AGE)
    for of in figures.languages:
        yield _row(of.language, of.shown.count, *_age(of.shown))


def _topics(figures: Figures) -> Iterator[str]:
    yield "## How old answers and facts are, by topic"
    yield "The first check of each answer was by the machine that wrote it; such ones have a column of their own."
    yield ""
    facts = (f"facts: {words}" for words in AGE)
    yield from _table("topic", "answers", "checked by the machine alone", *AGE, "facts", *facts)
    for of in figures.topics:
        yield _row(of.topic, of.answers.count, of.machine, *_age(of.answers), of.facts.count, *_age(of.facts))


def _facts(figures: Figures) -> Iterator[str]:
    facts = figures.facts
    yield "## Facts"
    yield f"Of {facts.phones} telephone numbers, {facts.dialled} have been called to test them."
    yield ""
    yield from _table("facts with a value", *AGE, *CONFIDENCES.values(), "still empty")
    counts = (facts.by_confidence.get(confidence, 0) for confidence in CONFIDENCES)
    yield _row(facts.age.count, *_age(facts.age), *counts, facts.empty)


def _understanding(understanding: Iterable[Learnt]) -> Iterator[str]:
    yield "## What understanding learns from"
    yield from _table("language", "examples", "fewest of an intent", "danger patterns", "danger messages")
    for of in understanding:
        yield _row(of.language, of.examples, of.fewest, of.patterns, of.messages)


def _age(age: Age) -> tuple[object, ...]:
    return (_day(age.oldest), _day(age.next), age.soon, age.overdue)


def _day(day: dt.date | None) -> str:
    return NONE if day is None else day.isoformat()


def _table(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield "|---" * len(titles) + "|"


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
