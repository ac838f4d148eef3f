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
    "knows",
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
SELF, MINOR, OTHER = "self", "minor", "other"  # whom a request is about: an adult, a minor, somebody else
SCOPES: Mapping[str, str] = MappingProxyType({SELF: "own", MINOR: "minor", OTHER: "proxy"})  # whose consent it is
UNDER_18 = "under_18"
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "topic": ("trafficking", "work", "stay", "health", "violence", "discrimination", "other"),
        "about": (SELF, MINOR, OTHER),
        "knows": ("knows", "unaware", "cannot"),
        "age": (UNDER_18, "18_24", "25_59", "60_plus"),
        "language": language_codes(),
        "gender": ("woman", "man", "any"),
        "contact": ("push", "push_text", "pull"),
        "safe_time": ("any", "morning", "day", "evening"),
    }
)
TYPED = ("narrative", "place", "safe_time", "code_word")
MUST_BE_CHOSEN = ("consent", "contact", "confirm")
CHANGEABLE = tuple(q for q in QUESTIONS if q not in {"knows", "consent", "confirm"})
SKIPPED, LOCKED, GIVEN, NOT_ASKED, SENT = "skipped", "locked", "given", "not_asked", "sent"

State = Mapping[str, Any]
Changes = dict[str, Any]


def empty() -> Changes:
    """Return the slots of a form that nobody has begun."""
    changes: Changes = {f"{PREFIX}{question}": None for question in QUESTIONS}
    changes |= {"intake_about": None, "intake_knows": NOT_ASKED}
    return changes | {"intake_sealed": {}, "intake_changing": None, "intake_consent_at": None}


def is_asked(state: State, question: str) -> bool:
    """Tell whether a question belongs to this form; a minor has said their age with their consent."""
    fixed = question == "age" and state.get("intake_about") == MINOR
    return not fixed and state.get(f"{PREFIX}{question}") != NOT_ASKED


def step(state: State, *, intent: str, metadata: Mapping[str, Any], now: str) -> Changes:
    """Return the slots that a step changes; none means that the step is not an answer to the form.

    `state` has the slots and `requested_slot`; `now` is the minute of the step in UTC.
    """
    asked = (state.get("requested_slot") or "").removeprefix(PREFIX) or None
    match intent:
        case "choose":
            return _choose(state, asked, metadata.get("value") or "")
        case "sealed":
            return _sealed(state, metadata.get("sealed") or {})
        case "consent_give":
            return _consent(state, asked, metadata.get("value"), now)
        case "skip":
            return _skip(state, asked)
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


def _choose(state: State, asked: str | None, value: str) -> Changes:
    question, _, option = value.partition(".")
    if question == "change" and option in CHANGEABLE:
        return (_reset(state, option) if is_asked(state, option) else {}) | {"intake_changing": None}
    if option not in CHOICES.get(question, ()):
        return {}
    changes: Changes = {f"{PREFIX}{question}": option}
    match question:
        case "about":
            return _about(state, asked, option)
        case "knows":
            return changes if state.get("intake_about") == OTHER else {}
        case "age":
            return _age(state, option)
        case "contact":
            return changes | _safe_time_of(state, option)
        case "safe_time":
            return changes | _without(state, "safe_time")
        case _:
            return changes


def _about(state: State, asked: str | None, about: str) -> Changes:
    """Change whom the request is about, which changes the wording of the consent; possible only before it is given."""
    if asked not in {"knows", "consent"}:
        return {}
    changes: Changes = {"intake_about": about, "intake_knows": None if about == OTHER else NOT_ASKED}
    if state.get("intake_about") == MINOR and state.get("intake_age") == UNDER_18:
        changes["intake_age"] = None
    return changes | {"intake_consent": None, "intake_consent_at": None}


def _consent(state: State, asked: str | None, value: str | None, now: str) -> Changes:
    """Take the consent if its button is the one of the wording that fits whom the request is about."""
    about = state.get("intake_about") or SELF
    if asked != "consent" or (value or SELF) != about:
        return {}
    changes: Changes = {"intake_about": about, "intake_consent": GIVEN, "intake_consent_at": now}
    return changes | ({"intake_age": UNDER_18} if about == MINOR else {})


def _age(state: State, option: str) -> Changes:
    """Note the age; who is under 18 after all is shown the wording for minors, since the other one was not theirs."""
    about = state.get("intake_about") or SELF
    if about == MINOR:
        return {}
    if about == SELF and option == UNDER_18:
        return {"intake_about": MINOR, "intake_age": option, "intake_consent": None, "intake_consent_at": None}
    return {"intake_age": option}


def _safe_time_of(state: State, contact: str) -> Changes:
    """Ask for safe times only who is written to."""
    if contact == "pull":
        return {"intake_safe_time": NOT_ASKED}
    return {"intake_safe_time": None} if state.get("intake_safe_time") == NOT_ASKED else {}


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


def _skip(state: State, asked: str | None) -> Changes:
    """Go on without an answer; what was told before an old button was pressed stays told, and is said to be."""
    if asked is None or asked in MUST_BE_CHOSEN:
        return {}
    if asked == "narrative" and (state.get("intake_sealed") or {}).get("narrative"):
        return {"intake_narrative": LOCKED}
    return {f"{PREFIX}{asked}": "any" if asked == "gender" else SKIPPED}


def _back(state: State, asked: str | None) -> Changes:
    if asked is None:
        return {}
    if asked == "narrative" and (state.get("intake_sealed") or {}).get("narrative"):
        return _reset(state, "narrative")
    about = state.get("intake_about")
    if asked == "knows" or (asked == "consent" and about == MINOR):
        return _about(state, asked, SELF)
    before = QUESTIONS[: QUESTIONS.index(asked)]
    previous = next((q for q in reversed(before) if is_asked(state, q)), None)
    return _reset(state, previous) if previous else {"intake_topic": None}


def _reset(state: State, question: str) -> Changes:
    return {f"{PREFIX}{question}": None} | _without(state, question)


def _without(state: State, question: str) -> Changes:
    held = dict(state.get("intake_sealed") or {})
    if question not in held:
        return {}
    del held[question]
    return {"intake_sealed": held}
