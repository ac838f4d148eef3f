"""The form of each file: which keys an entry has, and of what kind their values are."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.finding import Finding
from bot.facts import Confidence, Unit
from bot.i18n import DRAFT
from bot.review import REVIEW_MONTHS, day

RULE = "form"
NUMBERS = (Unit.AZN, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.PERCENT, Unit.COUNT)


@dataclass(frozen=True)
class Kind:
    """What a value must be: the name of the message that says so, and the test."""

    problem: str
    fits: Callable[[Any], bool]
    allowed: tuple[str, ...] = ()


def _is_day(value: Any) -> bool:
    try:
        day(value)
    except ValueError:
        return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _are_forms(value: dict[str, Any]) -> bool:
    """Tell whether this is language → words; `without`, if it is there, is language → entries."""
    without = value.get("without", {})
    return (
        _are_texts(value.get("en"))
        and all(_are_texts(words) for key, words in value.items() if key != "without")
        and _is_mapping(without)
        and all(map(_are_texts, without.values()))
    )


def one_of(*allowed: str) -> Kind:
    """Return the kind of a value that is one of some words."""
    return Kind("not_one_of", lambda value: value in allowed, allowed)


def some_of(*allowed: str) -> Kind:
    """Return the kind of a list of some of these words."""
    return Kind("not_one_of", lambda value: isinstance(value, list) and all(one in allowed for one in value), allowed)


def or_nothing(kind: Kind) -> Kind:
    """Return the kind of a value that may be left empty."""
    return Kind(kind.problem, lambda value: value is None or kind.fits(value), kind.allowed)


TEXT = Kind("not_text", _is_text)
TEXTS = Kind("not_texts", _are_texts)
ROWS = Kind("not_rows", lambda value: isinstance(value, list) and all(_are_texts(row) for row in value))
DAY = Kind("not_day", _is_day)
YES_OR_NO = Kind("not_yes_or_no", lambda value: isinstance(value, bool))
# What a case can hold: another one would keep everybody's request from being stored (referral/submission.py).
VERSION_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:()-]{0,39}")
VERSION = Kind("not_version", lambda value: isinstance(value, str) and VERSION_FORM.fullmatch(value) is not None)
NUMBER = Kind("not_number", _is_positive)
MAPPING = Kind("not_mapping", _is_mapping)
FORMS = Kind("not_forms", lambda value: _is_mapping(value) and _are_forms(value))
ANY = Kind("not_any", lambda _value: True)
BEHIND = ("police", "state", "ngo", "international", "company")


@dataclass(frozen=True)
class Shape:
    """The keys of an entry."""

    required: Mapping[str, Kind]
    optional: Mapping[str, Kind] = field(default_factory=dict)


ANSWER = Shape(
    {
        "label": TEXT,
        "risk": one_of(*REVIEW_MONTHS),
        "owner": TEXT,
        "checked": DAY,
        "sources": TEXTS,
        "related": TEXTS,
        "text": TEXT,
    },
    {"review_by": DAY, "backed_by": MAPPING, DRAFT: YES_OR_NO},
)
# While an answer is being written, nothing of it but its button has to be there.
DRAFT_ANSWER = Shape({"label": TEXT, DRAFT: YES_OR_NO}, dict.fromkeys((*ANSWER.required, *ANSWER.optional), ANY))
DIALOGUE_TEXT = Shape(
    {"text": TEXT}, {"buttons": ROWS, "expect": TEXT, "languages": TEXT, "version": VERSION, "backed_by": MAPPING}
)
FACT = Shape(
    {
        "value": ANY,
        "unit": one_of(*Unit),
        "source": or_nothing(TEXT),
        "date": TEXT,
        "checked": DAY,
        "confidence": one_of(*Confidence),
        "review_by": DAY,
    },
    {
        "behind": or_nothing(one_of(*BEHIND)),
        "test_dialled": or_nothing(DAY),
        "verified_by": or_nothing(TEXT),
        "note": or_nothing(TEXT),
        "country": TEXT,
    },
)
SOURCE = Shape({"name": TEXT, "date": TEXT})
LANGUAGE = Shape(
    {"name": TEXT, "rtl": YES_OR_NO, "hints": TEXTS},
    {"offered": YES_OR_NO, "letters": TEXT, "bare": YES_OR_NO, "likelier": NUMBER},
)
TOPICS = ("trafficking", "work", "discrimination", "health", "stay", "violence", "other")  # of a case
CODES = Kind("not_texts", lambda value: _are_texts(value) and all(re.fullmatch("[a-z]{2,3}", code) for code in value))
BY_LANGUAGE = Kind("not_mapping", lambda value: _is_mapping(value) and all(map(_is_text, value.values())))
PROVIDER = Shape(  # the console reads no other
    {
        "kind": one_of("service", "emergency"),
        "name": BY_LANGUAGE,
        "behind": one_of(*BEHIND[:-1]),
        "topics": some_of(*TOPICS),
        "takes": or_nothing(BY_LANGUAGE),
        "languages": or_nothing(CODES),
        "hours": or_nothing(BY_LANGUAGE),
        "phones": or_nothing(TEXTS),
        "address": or_nothing(TEXT),
        "police_told": or_nothing(YES_OR_NO),
        "anonymous": or_nothing(YES_OR_NO),
        "source": TEXT,
        "date": TEXT,
        "checked": DAY,
        "confidence": one_of(*Confidence),
        "caution": or_nothing(BY_LANGUAGE),
    },
)
PLACEHOLDER = Shape({"what": TEXT, "example": TEXT}, {"in": TEXTS, "not_in": TEXTS})

# File → place in the file → the shape of each entry there, or the kind of each value.
ENTRIES: Mapping[str, Mapping[str, Shape | Kind]] = {
    "source/answers.yml": {"": ANSWER},
    "source/dialogue.yml": {"texts": DIALOGUE_TEXT, "labels": TEXT},
    "source/labels.yml": {"topics": TEXT, "acts": TEXT, "behind": TEXT},
    "source/placeholders.yml": {"": PLACEHOLDER},
    "facts.yml": {"facts": FACT, "sources": SOURCE},
    "languages.yml": {"": LANGUAGE},
    "glossary.yml": {
        **dict.fromkeys(("terms", "labels", "promises", "behind"), FORMS),
        **dict.fromkeys(("hedges", "without_owner"), TEXTS),
    },
    "short_codes.yml": {"": MAPPING},
}


def check_shape(name: str, file: str, content: Mapping[str, Any], finishing: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what is not of its form in a file; `name` is its name below `locales`, `file` the one that is told.

    Drafts of answers may lack nearly everything, but for those that `finishing` names.
    """
    for place, shape in ENTRIES[name].items():
        entries = content.get(place) if place else content
        if not _is_mapping(entries):
            yield Finding(file, place, RULE, "lacks", {"key": place})
            continue
        for entry, value in (entries or {}).items():
            yield from _check_entry(file, entry, value, shape, finishing)


def check_entry(file: str, entry: str, value: Any, shape: Shape) -> Iterator[Finding]:
    """Yield what is not of its form in one entry."""
    yield from _check_entry(file, entry, value, shape, ())


def _check_entry(
    file: str, entry: str, value: Any, shape: Shape | Kind, finishing: Collection[str]
) -> Iterator[Finding]:
    if isinstance(shape, Kind):
        if not shape.fits(value):
            yield Finding(file, entry, RULE, shape.problem, _said(entry, value, shape))
        return
    if not _is_mapping(value):
        yield Finding(file, entry, RULE, "not_mapping", {"key": entry})
        return
    if shape is ANSWER and value.get(DRAFT) is True and entry not in finishing:
        shape = DRAFT_ANSWER
    kinds = {**shape.required, **shape.optional}
    for key in shape.required.keys() - value.keys():
        yield Finding(file, entry, RULE, "lacks", {"key": key})
    for key, held in value.items():
        if key not in kinds:
            yield Finding(file, entry, RULE, "unknown", {"key": key, "known": ", ".join(kinds)})
        elif not kinds[key].fits(held):
            yield Finding(file, entry, RULE, kinds[key].problem, _said(key, held, kinds[key]))
    if shape is FACT and not _fits_unit(value):
        yield Finding(file, entry, RULE, "not_of_unit", {"value": value["value"], "unit": value["unit"]})


def _said(key: str, value: object, kind: Kind) -> dict[str, object]:
    return {"key": key, "value": value, "allowed": ", ".join(kind.allowed)}


def _fits_unit(fact: Mapping[str, Any]) -> bool:
    """Tell whether a fact's value can be shown as what its unit says; a wrong unit is told by itself."""
    value, unit = fact.get("value"), fact.get("unit")
    if value is None or unit not in set(Unit):
        return True
    if unit in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return _is_time(value) if unit == Unit.DATE else _is_text(value)


def _is_time(value: object) -> bool:
    """Tell whether this is a year, a month or a day."""
    parts = str(value).split("-")
    try:
        dt.date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except (ValueError, TypeError):
        return False
    return len(parts) <= 3
