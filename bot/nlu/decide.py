"""What follows from a parsed message: answer, ask with three buttons, or say that it was not understood.

The thresholds are read off the calibration plot of docs/nlu.md: at 0.4 six answers of ten are right, at 0.97 nearly
all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any

from bot.intents import Kind, load_catalogue

ANSWER_FROM = 0.40
CHOOSE_FROM = 0.06
AMBIGUOUS = 0.08
CHOICES = 3
SURE_FROM = 0.97
UNSURE_BELOW = 0.60  # an answer says so above what else may be meant
RANKING = 10
FALLBACK_INTENT = "nlu_fallback"


@unique
class Outcome(StrEnum):
    """What the bot does with a message."""

    ANSWER = "answer"
    CHOOSE = "choose"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class Ranked:
    """One intent that a message may mean."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What was understood of one message; holds nothing of its text."""

    intent: str
    confidence: float
    outcome: Outcome
    language: str | None = None
    language_confidence: float = 0.0
    ranking: tuple[Ranked, ...] = ()
    choices: tuple[str, ...] = ()
    value: str | None = None
    top: str | None = field(default=None)
    beside: tuple[str, ...] = ()  # shown as buttons under an answer that may not be the right one

    @classmethod
    def of_payload(cls, intent: str, value: str | None) -> "Understanding":
        """Return what a button says: there is nothing to guess."""
        return cls(intent=intent, confidence=1.0, outcome=Outcome.ANSWER, value=value)

    def as_parse_data(self) -> dict[str, Any]:
        """Return what Rasa's dialogue needs to know, without the text."""
        return {"text": "", "intent": {"name": self.intent, "confidence": self.confidence}, "entities": []}

    def as_dict(self) -> dict[str, Any]:
        """Return the understanding for the gateway and for `korpu understand`."""
        return {
            "language": self.language,
            "language_confidence": round(self.language_confidence, 4),
            "intent": self.top or self.intent,
            "confidence": round(self.confidence, 4),
            "ranking": [{"name": r.name, "confidence": round(r.confidence, 4)} for r in self.ranking],
            "outcome": self.outcome.value,
            "choices": list(self.choices),
        }


def decide(parsed: Mapping[str, Any], *, chosen: str | None, hint: str | None) -> Understanding:
    """Decide what to do with a message that Rasa has parsed."""
    ranking = tuple(Ranked(r["name"], float(r["confidence"])) for r in parsed["intent_ranking"][:RANKING])
    languages: Mapping[str, float] = parsed.get("languages") or {}
    language, certainty = choose_language(languages, chosen=chosen, hint=hint)
    best = ranking[0] if ranking else Ranked(FALLBACK_INTENT, 0.0)
    outcome = _outcome(ranking)
    return Understanding(
        intent=best.name if outcome is Outcome.ANSWER else FALLBACK_INTENT,
        confidence=best.confidence,
        outcome=outcome,
        language=language,
        language_confidence=certainty,
        ranking=ranking,
        choices=choices_of(ranking) if outcome is Outcome.CHOOSE else (),
        value=parsed.get("named_language") if best.name == "change_language" else None,
        top=best.name,
        beside=_beside(ranking) if outcome is Outcome.ANSWER else (),
    )


def choose_language(
    languages: Mapping[str, float], *, chosen: str | None, hint: str | None
) -> tuple[str | None, float]:
    """Return the language of a message and how sure that is.

    `languages` are the probabilities of the message alone. A chosen language and Telegram's hint are only leanings:
    they decide between languages that the message leaves open, such as Azerbaijani without its letters and Turkish.
    """
    if not languages:
        return chosen or hint, 0.0
    weights = dict(languages)
    for leaning, weight in ((chosen, 3.0), (hint, 2.0)):
        if leaning in weights:
            weights[leaning] *= weight
    total = sum(weights.values())
    best = max(weights, key=lambda code: weights[code])
    return best, weights[best] / total


def choices_of(ranking: Sequence[Ranked]) -> tuple[str, ...]:
    """Return the likeliest intents that can be offered as buttons."""
    catalogue = load_catalogue().by_name
    offered = [r.name for r in ranking if catalogue[r.name].kind is not Kind.SMALL and r.name not in NEVER_OFFERED]
    return tuple(offered[:CHOICES])


def _beside(ranking: Sequence[Ranked]) -> tuple[str, ...]:
    """Return what else the message may mean, unless the answer is sure."""
    return () if ranking[0].confidence >= SURE_FROM else choices_of(ranking[1:])


NEVER_OFFERED = frozenset({"affirm", "deny", "skip", "repeat", "not_helpful", "quick_exit"})


def _outcome(ranking: Sequence[Ranked]) -> Outcome:
    if not ranking:
        return Outcome.FALLBACK
    best = ranking[0].confidence
    second = ranking[1].confidence if len(ranking) > 1 else 0.0
    if best >= ANSWER_FROM and best - second >= AMBIGUOUS:
        return Outcome.ANSWER
    return Outcome.CHOOSE if best >= CHOOSE_FROM and choices_of(ranking) else Outcome.FALLBACK
