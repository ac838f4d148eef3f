"""The intake form's questions: their order, which choices each has, and what a step does to them.

Pure functions over plain values, so that every path can be tested without Rasa.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.i18n import language_codes

PREFIX = "intake_"
QUESTIONS = (
    "topic",
    "consent",
    "narrative",
    "place",
    "age",
    "language",
    "gender",
    "contact",
    "safe_time",
    "code_word",
    "confirm",
)
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "topic": ("trafficking", "work", "stay", "health", "violence", "discrimination", "other"),
        "age": ("under_18", "18_24", "25_59", "60_plus"),
        "language": language_codes(),
        "gender": ("woman", "man", "any"),
        "contact": ("push", "pull"),
        "safe_time": ("any", "morning", "day", "evening"),
    }
)
TYPED = ("narrative", "place", "safe_time", "code_word")
MUST_BE_CHOSEN = ("consent", "contact", "confirm")
CHANGEABLE = tuple(q for q in QUESTIONS if q not in {"consent", "confirm"})
SKIPPED, LOCKED, GIVEN, NOT_ASKED, SENT = "skipped", "locked", "given", "not_asked", "sent"

State = Mapping[str, Any]
Changes = dict[str, Any]


def empty() -> Changes:
    """Return the slots of a form that nobody has begun."""
    changes: Changes = {f"{PREFIX}{question}": None for question in QUESTIONS}
    return changes | {"intake_sealed": {}, "intake_changing": None, "intake_consent_at": None}


def step(state: State, *, intent: str, metadata: Mapping[str, Any], now: str) -> Changes:
    """Return the slots that a step changes; none means that the step is not an answer to the form.

    `state` has the slots and `requested_slot`; `now` is the minute of the step in UTC.
    """
    asked = (state.get("requested_slot") or "").removeprefix(PREFIX) or None
    match intent:
        case "choose":
            return _choose(state, metadata.get("value") or "")
        case "sealed":
            return _sealed(state, metadata.get("sealed") or {})
        case "consent_give":
            return {"intake_consent": GIVEN, "intake_consent_at": now} if asked == "consent" else {}
        case "skip":
            return _skip(asked)
        case "intake_next":
            return {"intake_narrative": LOCKED} if asked == "narrative" else {}
        case "intake_back":
            return _back(state, asked)
        case "intake_change":
            return {"intake_changing": True} if asked == "confirm" else {}
        case "referral_send":
            return {"intake_confirm": SENT} if asked == "confirm" else {}
        case _:
            return {}


def _choose(state: State, value: str) -> Changes:
    question, _, option = value.partition(".")
    if question == "change" and option in CHANGEABLE:
        return _reset(state, option) | {"intake_changing": None}
    if option not in CHOICES.get(question, ()):
        return {}
    changes: Changes = {f"{PREFIX}{question}": option}
    if question == "contact":
        safe_time = state.get("intake_safe_time")
        if option == "pull":
            changes["intake_safe_time"] = NOT_ASKED
        elif safe_time == NOT_ASKED:
            changes["intake_safe_time"] = None
    if question == "safe_time":
        changes |= _without(state, "safe_time")
    return changes


def _sealed(state: State, sealed: Mapping[str, Any]) -> Changes:
    field, envelope = sealed.get("field"), sealed.get("envelope")
    if field not in TYPED or not isinstance(envelope, str):
        return {}
    held = dict(state.get("intake_sealed") or {})
    if field == "narrative":
        held[field] = [*held.get(field, []), envelope]
        return {"intake_sealed": held, "intake_narrative": None}
    held[field] = [envelope]
    return {"intake_sealed": held, f"{PREFIX}{field}": LOCKED}


def _skip(asked: str | None) -> Changes:
    if asked is None or asked in MUST_BE_CHOSEN:
        return {}
    return {f"{PREFIX}{asked}": "any" if asked == "gender" else SKIPPED}


def _back(state: State, asked: str | None) -> Changes:
    if asked is None:
        return {}
    if asked == "narrative" and (state.get("intake_sealed") or {}).get("narrative"):
        return _reset(state, "narrative")
    before = QUESTIONS[: QUESTIONS.index(asked)]
    previous = next((q for q in reversed(before) if state.get(f"{PREFIX}{q}") != NOT_ASKED), None)
    return _reset(state, previous) if previous else {"intake_topic": None}


def _reset(state: State, question: str) -> Changes:
    return {f"{PREFIX}{question}": None} | _without(state, question)


def _without(state: State, question: str) -> Changes:
    held = dict(state.get("intake_sealed") or {})
    if question not in held:
        return {}
    del held[question]
    return {"intake_sealed": held}
