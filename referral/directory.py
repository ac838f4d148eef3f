"""The directory of service providers: who can help, who is behind them, and how sure we are of it.

Read from `locales/providers.yml`, with the numbers of `locales/facts.yml`, so that a number is changed in one place.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from referral.errors import ReferralError

TOPICS = ("trafficking", "work", "discrimination", "health", "stay", "violence", "other")
ENGLISH = "en"
IDENTIFIER = re.compile(r"[a-z0-9_]{1,70}")  # with its prefix it must fit into a consent's recipient
LANGUAGE = re.compile(r"[a-z]{2,3}")


class DirectoryError(ReferralError):
    """An entry of the directory is not of its form; the message names it."""


@unique
class Kind(StrEnum):
    """Whether a case can be referred there, or whether it is a number to call."""

    SERVICE = "service"
    EMERGENCY = "emergency"


@unique
class Behind(StrEnum):
    """Who hears what is told there: the first thing that people ask."""

    POLICE = "police"
    STATE = "state"
    NGO = "ngo"
    INTERNATIONAL = "international"


@unique
class Confidence(StrEnum):
    """How sure we are: a published page says so, a weak one does, it was so at its date, nobody has confirmed it."""

    CONFIRMED = "confirmed"
    WEAK = "weak"
    THEN = "then"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Detail:
    """A number or an address of facts.yml; `dialled` is the day on which somebody tried it, None if nobody has."""

    value: str
    confidence: Confidence
    date: str
    dialled: str | None


@dataclass(frozen=True)
class Provider:
    """One provider; None, or an empty text or tuple, means that nobody has confirmed it."""

    id: str
    kind: Kind
    behind: Behind
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    phones: tuple[Detail, ...]
    address: Detail | None
    police_told: bool | None
    anonymous: bool | None
    source: str
    date: str
    checked: dt.date
    confidence: Confidence
    texts: Mapping[str, Mapping[str, str]]

    def text(self, name: str, language: str) -> str:
        """Return `name`, `takes`, `hours` or `caution` in a language, in English when it is not translated."""
        words = self.texts[name]
        return words.get(language) or words.get(ENGLISH, "")


@dataclass(frozen=True)
class Directory:
    """All providers by id, in the order of the file."""

    providers: Mapping[str, Provider]

    def fitting(self, *, topic: str | None = None, language: str | None = None) -> tuple[Provider, ...]:
        """Return the providers for a topic who speak a language; who has none of it confirmed is left out."""
        return tuple(
            one
            for one in self.providers.values()
            if (topic is None or topic in one.topics) and (language is None or language in one.languages)
        )

    def recipients(self, topic: str) -> tuple[tuple[Provider, ...], tuple[Provider, ...]]:
        """Return to whom a case can be referred: those who fit its topic, and the others."""
        services = [one for one in self.providers.values() if one.kind is Kind.SERVICE]
        fitting = tuple(one for one in services if topic in one.topics)
        return fitting, tuple(one for one in services if topic not in one.topics)


def load_directory(locales: Path) -> Directory:
    """Read the directory; raise `DirectoryError` naming the entry that is not of its form."""
    providers, facts = locales / "providers.yml", locales / "facts.yml"
    return _directory(providers.read_bytes(), facts.read_bytes())


@lru_cache(maxsize=8)  # most releases change neither file
def _directory(providers: bytes, numbers: bytes) -> Directory:
    entries = _part(providers, "providers")
    facts = _part(numbers, "facts")
    return Directory(MappingProxyType({name: _provider(str(name), entry, facts) for name, entry in entries.items()}))


def _part(content: bytes, part: str) -> Mapping[str, Any]:
    try:
        raw = yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DirectoryError(f"{part}.yml is not YAML: {error}") from error
    found = raw.get(part) if isinstance(raw, dict) else None
    if not isinstance(found, dict):
        raise DirectoryError(f"{part}.yml has no part {part!r}.")
    return found


def _provider(name: str, entry: Any, facts: Mapping[str, Any]) -> Provider:
    if not IDENTIFIER.fullmatch(name):
        raise DirectoryError(f"providers.yml: {name!r} must be a name of a-z, 0-9 and _, 70 characters at most.")
    try:
        return Provider(
            id=name,
            kind=Kind(entry["kind"]),
            behind=Behind(entry["behind"]),
            topics=_listed(entry["topics"], TOPICS),
            languages=_languages(entry["languages"]),
            phones=_phones(entry["phones"], facts),
            address=None if entry["address"] is None else _detail(entry["address"], "address", facts),
            police_told=_answer(entry["police_told"]),
            anonymous=_answer(entry["anonymous"]),
            source=str(entry["source"]),
            date=str(entry["date"]),
            checked=dt.date.fromisoformat(str(entry["checked"])),
            confidence=Confidence(entry["confidence"]),
            texts=_texts(entry),
        )
    except KeyError as error:
        raise DirectoryError(f"providers.yml, entry {name!r}: {error} is missing") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise DirectoryError(f"providers.yml, entry {name!r}: {error}") from error


def _texts(entry: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    texts = {name: dict(entry[name] or {}) for name in ("name", "takes", "hours", "caution")}
    if not texts["name"].get(ENGLISH):
        raise ValueError("it has no English name")
    return MappingProxyType(texts)


def _listed(values: Any, allowed: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return tuple(values)


def _languages(values: Any) -> tuple[str, ...]:
    codes = tuple(str(value) for value in values or ())
    if not all(LANGUAGE.fullmatch(code) for code in codes):
        raise ValueError("languages must be codes such as az")
    return codes


def _phones(names: Any, facts: Mapping[str, Any]) -> tuple[Detail, ...]:
    details = [_detail(name, "phone", facts) for name in names or ()]
    return tuple(detail for detail in details if detail is not None)


def _detail(name: Any, unit: str, facts: Mapping[str, Any]) -> Detail | None:
    """Return a value of facts.yml; None while it is empty, because nobody has confirmed one."""
    fact = facts.get(name)
    if fact is None:
        raise ValueError(f"facts.yml has no entry {name!r}")
    if fact["unit"] != unit:
        raise ValueError(f"{name!r} of facts.yml is no {unit}")
    if fact["value"] is None:
        return None
    dialled = fact.get("test_dialled")
    return Detail(
        value=str(fact["value"]),
        confidence=Confidence(fact["confidence"]),
        date=str(fact["date"]),
        dialled=None if dialled is None else str(dialled),
    )


def _answer(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise ValueError("police_told and anonymous are true, false or empty")
