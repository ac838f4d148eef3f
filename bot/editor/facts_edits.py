"""What a call or a correction writes into facts.yml."""

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.changing import Edit, Value, value_of
from bot.content.shapes import NUMBERS
from bot.content.sources import FACTS
from bot.facts import Confidence, Fact, FactValue, Unit
from bot.review import months_after

GOOD_FOR = {True: 6, False: 12}  # months until the next check: of a telephone number, of anything else
CALLED, DOUBTED = "called ", "doubted "  # how those parts of a note begin that the program writes
OWN_CALL = "own_call"  # the source of what somebody told on the telephone
LONGEST_KEY = 30
FIELDS = ("value", "source", "date", "confidence", "behind", "review_by", "note")


@dataclass(frozen=True)
class Call:
    """What somebody learnt who called a number: the languages that were spoken, and what else is to be known."""

    languages: Sequence[str]
    words: str

    def note(self, before: str | None, today: dt.date) -> str:
        """Return the note of the fact with this call in it, instead of the one before."""
        return _noted(before, CALLED, today, [*self.languages, self.words])


def next_review(unit: Unit, today: dt.date) -> dt.date:
    """Return the day until which a check of today counts."""
    return months_after(today, GOOD_FOR[unit is Unit.PHONE])


def call_edits(locales: Path, fact: Fact, call: Call, *, login: str, today: dt.date) -> list[Edit]:
    """Return the edits that note a call; they fail when the number is not any more the one that was called."""
    written = {
        "value": fact.value,
        "test_dialled": today.isoformat(),
        "checked": today.isoformat(),
        "review_by": next_review(fact.unit, today).isoformat(),
        "note": call.note(fact.note, today),
        "verified_by": login,
    }
    now = {key: value_of(locales, FACTS, ("facts", fact.name, key)) for key in written}
    return list(_edits(fact.name, {**now, "value": fact.value}, written))


def confirming_edits(locales: Path, fact: Fact, today: dt.date) -> list[Edit]:
    """Return the edits that say that a call has confirmed a number."""
    written = {
        "value": fact.value,
        "confidence": Confidence.CONFIRMED.value,
        "source": OWN_CALL,
        "date": today.isoformat(),
    }
    now = {key: value_of(locales, FACTS, ("facts", fact.name, key)) for key in written}
    return list(_edits(fact.name, {**now, "value": fact.value}, written))


def doubting_edits(locales: Path, fact: Fact, why: str, today: dt.date) -> list[Edit]:
    """Return the edits by which the bot adds to every answer with a fact that it is not confirmed.

    Its check is not renewed: what people report stays open until somebody knows better.
    """
    written = {
        "value": fact.value,
        "confidence": Confidence.WEAK.value,
        "note": _noted(fact.note, DOUBTED, today, [why]),
    }
    now = {key: value_of(locales, FACTS, ("facts", fact.name, key)) for key in written}
    return list(_edits(fact.name, {**now, "value": fact.value}, written))


def change_edits(
    locales: Path,
    name: str,
    seen: Mapping[str, Value],
    wanted: Mapping[str, Value],
    *,
    called: bool,
    login: str,
    today: dt.date,
) -> list[Edit]:
    """Return the edits of a correction; `seen` is what the editor had before them, for `FIELDS`.

    Whoever corrects a fact has held it against its source today. A new number counts as called only if it was.
    """
    noted: dict[str, Value] = {"checked": today.isoformat(), "verified_by": login}
    if called:
        noted["test_dialled"] = today.isoformat()
    elif wanted["value"] != seen["value"]:
        noted["test_dialled"] = None
    now = {key: value_of(locales, FACTS, ("facts", name, key)) for key in noted}
    return [*_edits(name, seen, wanted), *_edits(name, now, noted)]


def seen_values(locales: Path, name: str) -> dict[str, Value]:
    """Return what the file has for each of `FIELDS` now."""
    return {field: value_of(locales, FACTS, ("facts", name, field)) for field in FIELDS}


def parsed(words: str, unit: Unit) -> FactValue:
    """Return what somebody typed as a value of a unit, None for nothing; what is no number stays text for the check."""
    words = " ".join(words.split())
    if not words:
        return None
    if unit not in NUMBERS:
        return words
    try:
        number = float(words.replace(" ", "").replace(",", "."))
    except ValueError:
        return words
    return int(number) if number.is_integer() else number


def source_edit(key: str, name: str, date: str) -> Edit:
    """Return the edit that adds a source."""
    return Edit(FACTS, ("sources", key), None, {"name": name, "date": date})


def source_key(name: str, taken: Collection[str]) -> str:
    """Return a free key for a new source."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    key = "_".join(re.findall(r"[a-z0-9]+", bare))[:LONGEST_KEY].strip("_") or "source"
    numbered = (f"{key}_{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([key], numbered) if one not in taken)


def _noted(before: str | None, begins: str, today: dt.date, said: Sequence[str]) -> str:
    """Return a note with a new last part, instead of what the program wrote before."""
    kept = [part for part in (before or "").split("; ") if part and not part.startswith((CALLED, DOUBTED))]
    words = ", ".join(bare for one in said if (bare := " ".join(one.replace(";", ",").split())))
    return "; ".join([*kept, f"{begins}{today}{f': {words}' if words else ''}"])


def _edits(name: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[Edit]:
    """Yield the edits of one fact; what stays as it was is among them only where it guards the rest: the value."""
    for key, value in after.items():
        if key == "value" or value != before[key]:
            yield Edit(FACTS, ("facts", name, key), before[key], value)
