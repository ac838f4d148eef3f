"""What a case page shows, in the order in which a caseworker needs it."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from referral.enums import Direction
from referral.safe_contact import is_outside
from referral.service.casework import OpenCase, OpenConsent, OpenMessage, OpenValue
from referral.service.timeline import Written

CHOICES = ("index", "choices")
FIRST = ("narrative", "place")
SHOWN_ELSEWHERE = frozenset({*CHOICES, *FIRST, "safe_time", "code_word", "reason"})


@dataclass(frozen=True)
class Shown:
    """A message of the thread, and the minute when it was written if the log tells it."""

    message: OpenMessage
    at: dt.datetime | None


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
    thread: tuple[Shown, ...]
    forged: bool

    def outside_safe_time(self, *, push: bool, now: dt.datetime) -> bool:
        """Tell whether a reply would appear on their phone at an hour that they did not call safe."""
        return push and is_outside(self.choices.get("safe_time"), now=now)


def arrange(case: OpenCase, *, timeline: Sequence[Written]) -> CaseView:
    """Arrange a case's values; one that is not the bot's own, or that nobody expected, is marked, not hidden."""
    told = [value for name in FIRST for value in _named(case, name)]
    told += [value for value in case.values if value.field not in SHOWN_ELSEWHERE]
    parts: list[OpenValue | OpenMessage | OpenConsent] = [*case.values, *case.messages, *case.consents]
    return CaseView(
        index=_json(case, "index"),
        choices=_json(case, "choices"),
        choices_verified=all(value.verified for name in CHOICES for value in _named(case, name)),
        safe_time_words=_named(case, "safe_time"),
        code_word=_named(case, "code_word"),
        told=tuple(told),
        reasons=_named(case, "reason"),
        thread=_thread(case.messages, timeline),
        forged=not all(part.verified for part in parts),
    )


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
    try:
        parsed = json.loads(found[0].text) if found else {}
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in parsed.items()} if isinstance(parsed, dict) else {}
