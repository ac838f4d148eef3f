"""What a case page shows, in the order in which a caseworker needs it."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from referral.enums import Direction
from referral.safe_contact import is_outside
from referral.service.casework import OpenCase, OpenMessage, OpenValue
from referral.service.notes import ASSESSMENT, CONTACT, NOTE, REASON
from referral.service.timeline import Written

CHOICES = ("index", "choices")
FIRST = ("narrative", "place")
BY_STAFF = (NOTE, CONTACT)
SHOWN_ELSEWHERE = frozenset({*CHOICES, *FIRST, *BY_STAFF, "safe_time", "code_word", REASON, ASSESSMENT})


@dataclass(frozen=True)
class Question:
    """A question for consent as it stands in the thread."""

    recipient: str
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A message of the thread, and the minute when it was written if the log tells it."""

    message: OpenMessage
    at: dt.datetime | None
    question: Question | None = None


@dataclass(frozen=True)
class Note:
    """What a colleague noted; `outcome` and `channel` are set for an attempt to reach the person."""

    value: OpenValue
    outcome: str | None = None
    channel: str | None = None
    text: str = ""


@dataclass(frozen=True)
class CaseView:
    """An opened case, arranged: safety first, then choices, then what was written."""

    index: dict[str, str]
    choices: dict[str, str]
    choices_verified: bool
    safe_time_words: tuple[OpenValue, ...]
    code_word: tuple[OpenValue, ...]
    told: tuple[OpenValue, ...]
    reasons: tuple[OpenValue, ...]
    notes: tuple[Note, ...]
    assessment: OpenValue | None
    thread: tuple[Shown, ...]
    forged: bool

    @property
    def minor(self) -> bool:
        """Tell whether the person said that they are younger than 18."""
        return self.choices.get("age") == "under_18" or self.choices.get("about") == "minor"

    def outside_safe_time(self, *, push: bool, now: dt.datetime) -> bool:
        """Tell whether a reply would appear on their phone at an hour that they did not call safe."""
        return push and is_outside(self.choices.get("safe_time"), now=now)


def arrange(case: OpenCase, *, timeline: Sequence[Written]) -> CaseView:
    """Arrange a case's values; one that is not the bot's own, or that nobody expected, is marked, not hidden."""
    told = [value for name in FIRST for value in _named(case, name)]
    told += [value for value in case.values if value.field not in SHOWN_ELSEWHERE]
    return CaseView(
        index=_json(case, "index"),
        choices=_json(case, "choices"),
        choices_verified=all(value.verified for name in CHOICES for value in _named(case, name)),
        safe_time_words=_named(case, "safe_time"),
        code_word=_named(case, "code_word"),
        told=tuple(told),
        reasons=_named(case, REASON),
        notes=tuple(_notes(case)),
        assessment=next(reversed(_named(case, ASSESSMENT)), None),
        thread=tuple(_with_question(shown) for shown in _thread(case.messages, timeline)),
        forged=not all(part.verified for part in _parts(case)),
    )


def _parts(case: OpenCase) -> Iterator[Any]:
    """Yield everything of a case that carries a signature."""
    for kind in (case.values, case.messages, case.consents, case.requests, case.sharings, case.overrides):
        yield from kind


def _notes(case: OpenCase) -> Iterator[Note]:
    """Yield notes and attempts by day, and in the order in which they were written within their kind."""
    values = sorted((value for name in BY_STAFF for value in _named(case, name)), key=lambda value: value.day)
    for value in values:
        parsed = _record(value.text) if value.field == CONTACT and value.verified else {}
        if "outcome" in parsed:
            yield Note(value, str(parsed["outcome"]), str(parsed.get("channel", "")), str(parsed.get("note", "")))
        else:
            yield Note(value, text=value.text)


def _with_question(shown: Shown) -> Shown:
    """Make a question out of a message that carries one; the person saw it in words of their language."""
    if shown.message.direction is Direction.FROM_PERSON or not shown.message.verified:
        return shown
    record = _record(shown.message.text)
    if record.get("kind") != "consent" or not isinstance(record.get("shared"), list):
        return shown
    question = Question(str(record.get("recipient_name", "")), tuple(str(item) for item in record["shared"]))
    return Shown(shown.message, shown.at, question)


def _thread(messages: Sequence[OpenMessage], timeline: Sequence[Written]) -> tuple[Shown, ...]:
    """Put the two sides' messages into the order in which they were written.

    Each side is in order by itself; only the log knows which of them came first. If it does not match, the
    messages stay as they are and have no minute.
    """
    sides = {side: [message for message in messages if message.direction is side] for side in Direction}
    logged = {side: sum(written.direction is side for written in timeline) for side in Direction}
    if any(len(sides[side]) != logged[side] for side in Direction):
        return tuple(Shown(message, None) for message in messages)
    queues = {side: iter(of_side) for side, of_side in sides.items()}
    return tuple(Shown(next(queues[written.direction]), written.at) for written in timeline)


def _named(case: OpenCase, name: str) -> tuple[OpenValue, ...]:
    return tuple(value for value in case.values if value.field == name)


def _json(case: OpenCase, name: str) -> dict[str, str]:
    """Return a record of choices; a forged one may be anything and must not take the page away."""
    found = _named(case, name)
    return {str(key): str(value) for key, value in _record(found[0].text).items()} if found else {}


def _record(text: str) -> Mapping[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
