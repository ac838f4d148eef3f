"""The facts as editors see them: each with who shows it, what people report, and in what state it is."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.editor.facts_shown import texts_with
from bot.facts import Confidence, Fact, Source, Unit
from bot.i18n import Locales
from bot.review import SOON
from referral.feedback.reports import ReportedNumber


@unique
class Mark(StrEnum):
    """What there is to be done with a fact; the gravest first."""

    REPORTED = "reported"
    OVERDUE = "overdue"
    SOON = "soon"
    UNCONFIRMED = "unconfirmed"
    EMPTY = "empty"
    UNCALLED = "uncalled"


@unique
class Show(StrEnum):
    """Which facts are shown."""

    ALL = "all"
    DUE = "due"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"
    PHONES = "phones"


MARKS_OF = {
    Show.DUE: {Mark.OVERDUE, Mark.SOON},
    Show.REPORTED: {Mark.REPORTED},
    Show.UNCONFIRMED: {Mark.UNCONFIRMED, Mark.EMPTY},
}
_ORDER = list(Mark)


@dataclass(frozen=True)
class FactRow:
    """One fact. `answers` show it or lean on it, `texts` are other texts of the bot that show it."""

    fact: Fact
    source: Source | None
    answers: tuple[str, ...]
    texts: tuple[str, ...]
    report: ReportedNumber | None
    marks: tuple[Mark, ...]

    @property
    def is_phone(self) -> bool:
        """Tell whether this is a telephone number that can be called."""
        return self.fact.unit is Unit.PHONE and self.fact.value is not None

    def fits(self, show: Show, words: str) -> bool:
        """Tell whether this belongs to what is shown and has the words that are looked for."""
        if show is Show.PHONES and self.fact.unit is not Unit.PHONE:
            return False
        if show in MARKS_OF and not MARKS_OF[show] & set(self.marks):
            return False
        return all(_is_in(word, self._searched) for word in words.casefold().split())

    @property
    def _searched(self) -> str:
        fact = self.fact
        source = self.source.name if self.source else ""
        parts = (fact.name, fact.name.replace("_", " "), fact.value, fact.note, fact.behind, fact.unit, source)
        return " ".join(str(part) for part in parts if part is not None).casefold()


def fact_rows(locales: Locales, reports: Iterable[ReportedNumber], today: dt.date) -> list[FactRow]:
    """Return every fact; those with most to be done first, else in the order of the file."""
    reported = {report.fact: report for report in reports}
    behind = {intent: {fact.name for fact in locales.facts_behind(intent)} for intent in locales.answers}
    rows = [_row(fact, locales, reported.get(fact.name), behind, today) for fact in locales.facts.facts.values()]
    return sorted(rows, key=lambda row: min((_ORDER.index(mark) for mark in row.marks), default=len(_ORDER)))


def _row(
    fact: Fact,
    locales: Locales,
    report: ReportedNumber | None,
    behind: Mapping[str, set[str]],
    today: dt.date,
) -> FactRow:
    return FactRow(
        fact=fact,
        source=locales.facts.sources.get(fact.source or ""),
        answers=tuple(intent for intent, names in behind.items() if fact.name in names),
        texts=texts_with(locales, fact.name),
        report=report,
        marks=tuple(_marks(fact, report, today)),
    )


def _marks(fact: Fact, report: ReportedNumber | None, today: dt.date) -> Iterable[Mark]:
    if report is not None:
        yield Mark.REPORTED
    if fact.value is None:
        yield Mark.EMPTY
        return
    if fact.review_by < today:
        yield Mark.OVERDUE
    elif fact.review_by <= today + SOON:
        yield Mark.SOON
    if fact.confidence is not Confidence.CONFIRMED:
        yield Mark.UNCONFIRMED
    if fact.unit is Unit.PHONE and fact.test_dialled is None:
        yield Mark.UNCALLED


def _is_in(word: str, text: str) -> bool:
    """Tell whether a word is in a text; digits are found however a number is written."""
    digits = "".join(filter(str.isdigit, word))
    return word in text or (len(digits) > 2 and digits in "".join(filter(str.isdigit, text)))
