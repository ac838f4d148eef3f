"""Facts once, words many: every number that an answer shows, with source, date and confidence.

One entry of `locales/facts.yml` serves every language; the answers refer to it by name.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.yamlfile import load_kept

FactValue = str | int | float | None


# Languages in whose CLDR data a month by itself has another name than beside a day.
INFLECTS_MONTHS = frozenset(
    (
        *("ast", "be", "bo", "ca", "co", "cs", "cu", "dsb", "el", "fa", "fi", "gd", "hr", "hsb", "hy", "kk", "kl"),
        *("ks", "ky", "la", "lt", "mn", "os", "pl", "ps", "ru", "sah", "sk", "tk", "uk", "uz", "vi"),
    )
)


class FactError(Exception):
    """A fact is missing, empty or not of its form; the message names it."""


@unique
class Confidence(StrEnum):
    """How sure we are of a value; the wording of an answer must fit it."""

    CONFIRMED = "confirmed"
    WEAK = "weak"
    THEN = "then"
    UNCONFIRMED = "unconfirmed"


@unique
class Unit(StrEnum):
    """What a value counts or is."""

    PHONE = "phone"
    AZN = "AZN"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    DATE = "date"
    PERCENT = "percent"
    COUNT = "count"
    TEXT = "text"
    URL = "url"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True)
class Fact:
    """One value with where it is from; `value` is None while nobody has confirmed one."""

    name: str
    value: FactValue
    unit: Unit
    source: str | None
    date: str
    checked: dt.date
    confidence: Confidence
    review_by: dt.date
    behind: str | None
    note: str | None
    test_dialled: dt.date | None  # the day on which somebody called the number and it was answered
    verified_by: str | None  # the login of who last held the value against its source in the console


@dataclass(frozen=True)
class Source:
    """Where facts are from; the name is translated in the answers' locale files."""

    name: str
    date: str


@dataclass(frozen=True)
class Facts:
    """All facts and sources."""

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]

    def named(self, name: str) -> Fact:
        """Return a fact; raise `FactError` if there is none of that name."""
        fact = self.facts.get(name)
        if fact is None:
            raise FactError(f"There is no fact named {name!r} in facts.yml.")
        return fact

    def source(self, key: str) -> Source:
        """Return a source; raise `FactError` if there is none of that name."""
        source = self.sources.get(key)
        if source is None:
            raise FactError(f"There is no source named {key!r} in facts.yml.")
        return source

    def render(self, name: str, language: str) -> str:
        """Return the value as people of that language read it; raise `FactError` if there is none."""
        fact = self.named(name)
        if fact.value is None:
            raise FactError(f"The fact {name!r} has no value yet; no answer may show it.")
        match fact.unit:
            case Unit.AZN:
                return f"{_number(fact, language)} AZN"
            case Unit.DAYS | Unit.MONTHS | Unit.YEARS | Unit.HOURS | Unit.COUNT | Unit.PERCENT:
                return _number(fact, language)
            case Unit.DATE:
                return _date(str(fact.value), language)
            case _:
                return str(fact.value)


def load_facts(path: Path) -> Facts:
    """Read facts.yml; raise `FactError` naming the entry that is not of its form."""
    raw = load_kept(path)
    sources = {key: Source(name=s["name"], date=str(s["date"])) for key, s in raw["sources"].items()}
    facts = {}
    for name, entry in raw["facts"].items():
        try:
            facts[name] = _fact(name, entry)
        except (KeyError, ValueError, TypeError) as error:
            raise FactError(f"facts.yml, entry {name!r}: {error}") from error
    return Facts(facts=facts, sources=sources)


def _fact(name: str, entry: Mapping[str, object]) -> Fact:
    value = entry["value"]
    if value is not None and not isinstance(value, str | int | float):
        raise ValueError("value must be text, a number or empty")
    return Fact(
        name=name,
        value=value,
        unit=Unit(str(entry["unit"])),
        source=_text(entry, "source"),
        date=str(entry["date"]),
        checked=dt.date.fromisoformat(str(entry["checked"])),
        confidence=Confidence(str(entry["confidence"])),
        review_by=dt.date.fromisoformat(str(entry["review_by"])),
        behind=_text(entry, "behind"),
        note=_text(entry, "note"),
        test_dialled=dt.date.fromisoformat(dialled) if (dialled := _text(entry, "test_dialled")) else None,
        verified_by=_text(entry, "verified_by"),
    )


def _text(entry: Mapping[str, object], key: str) -> str | None:
    return None if entry.get(key) is None else str(entry[key])


def _number(fact: Fact, language: str) -> str:
    if isinstance(fact.value, int | float):
        return format_decimal(fact.value, locale=language)
    return str(fact.value)


def _date(value: str, language: str) -> str:
    """Return a whole date, a month or a bare year, as far as the value says it."""
    parts = value.split("-")
    if len(parts) == 3:
        return format_date(dt.date.fromisoformat(value), format="long", locale=language)
    if len(parts) == 2:
        month = dt.date(int(parts[0]), int(parts[1]), 1)
        return format_date(month, format=f"{_month_by_itself(language)} yyyy", locale=language)
    return value


def _month_by_itself(language: str) -> str:
    """Return the pattern for the name of a month without a day, which some languages inflect.

    Only for those: asked for names that a language has not, Babel 2.18 gives those of whichever language came before.
    """
    return "LLLL" if language in INFLECTS_MONTHS else "MMMM"
