"""What editors see of the questions without an answer, and the beginning of an answer to them."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from uuid import UUID

from sqlalchemy.orm import Session

from bot.gaps.group import Asked, Group, group
from bot.gaps.nearest import nearest_intents
from bot.gaps.redact import GAP
from bot.gaps.vocabulary import vocabulary_of
from bot.intents import Kind, load_catalogue
from bot.text import folded_words
from referral.enums import GapKind
from referral.feedback.gaps import Gap, open_gaps

TITLE = 32  # characters of a button
FIRST_TOPIC = "life"  # where nothing tells more
WORDS_OF_A_NAME = 2
# Concepts of the form of a question: they tell nothing of its subject.
_FORM = frozenset(
    {"WHERE", "WHO", "HOW", "HOW_LONG", "HOW_MANY", "WHY", "WHAT_IS", "CAN_I", "MUST_I", "WHAT_HAPPENS", "DIFFERENCE"}
    | {"NEED", "WANT", "NOW", "TODAY_TOMORROW", "PAST", "MONTHS", "YEARS", "NIGHT", "NUMBER_", "HELP", "CALL_ME"}
    | {"AGAIN", "NOT_UNDERSTAND", "WRONG_ANSWER", "YOU_WHO", "OTHERS", "HELLO", "THANKS", "FREE"}
)


@dataclass(frozen=True)
class Need:
    """What several people asked in vain. `ids` are the stored questions, to be deleted when there is an answer.

    `people` is how many there are at least. `nearest` are answers that there are; `unhelpful` those that did not help.
    """

    language: str
    messages: int
    people: int
    examples: tuple[str, ...]
    nearest: tuple[str, ...]
    fallbacks: int
    unhelpful: tuple[str, ...]
    last_day: dt.date
    ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Stub:
    """The beginning of an answer, for an editor to change: what `bot.content.scaffold.NewAnswer` takes."""

    intent: str
    topic: str
    title: str
    asks: str
    examples: Mapping[str, Sequence[str]]


def needs(session: Session, *, private_key: bytes) -> list[Need]:
    """Open, group and return the questions, those of most people first. What is in no group is shown to nobody."""
    gaps = [gap for gap in open_gaps(session, private_key=private_key) if gap.text is not None]
    asked = [Asked(str(gap.text), gap.language, gap.who, f"{gap.day:%Y-%m}") for gap in gaps]
    return [_need(made, [gaps[place] for place in made.members]) for made in group(asked)]


def stub(need: Need) -> Stub:
    """Suggest name, topic, title and examples of an answer; the words are English, from the concept lexicon."""
    catalogue = load_catalogue().by_name
    near = [catalogue[name] for name in need.nearest if name in catalogue]
    topic = next((intent.topic for intent in near if intent.topic and intent.kind is Kind.ANSWER), FIRST_TOPIC)
    words = _concepts(need)
    name = "_".join([topic, *(words or ["question"])])
    endings = ("", *(f"_{letter}" for letter in ascii_lowercase))  # a payload's name has no digits
    return Stub(
        intent=next(f"{name}{ending}" for ending in endings if f"{name}{ending}" not in catalogue),
        topic=topic,
        title=" ".join(words).capitalize()[:TITLE] or "New answer",
        asks=f"At least {need.people} people asked: {need.examples[0]}",
        examples={need.language: _usable(need.examples)},
    )


def _need(made: Group, gaps: Sequence[Gap]) -> Need:
    unhelpful = Counter(gap.intent for gap in gaps if gap.kind is GapKind.UNHELPFUL and gap.intent is not None)
    return Need(
        language=made.language,
        messages=made.messages,
        people=made.people,
        examples=made.examples,
        nearest=nearest_intents(made.examples),
        fallbacks=sum(gap.kind is GapKind.FALLBACK for gap in gaps),
        unhelpful=tuple(name for name, _count in unhelpful.most_common()),
        last_day=max(gap.day for gap in gaps),
        ids=tuple(gap.id for gap in gaps),
    )


def _concepts(need: Need) -> list[str]:
    """Return the concepts that most of the examples name, as words of a name."""
    concepts = vocabulary_of(need.language).concepts
    found = Counter(name for text in need.examples for name in sorted(concepts.found(folded_words(text))))
    often = [name for name, count in found.most_common() if count * 2 > len(need.examples) and name not in _FORM]
    return [name.lower() for name in often[:WORDS_OF_A_NAME]]


def _usable(examples: Sequence[str]) -> list[str]:
    """Return examples to learn from: those that are whole and, if there are too few, the others without their gaps."""
    whole = [text for text in examples if GAP not in text]
    mended = [" ".join(text.replace(GAP, " ").split()) for text in examples if GAP in text]
    return whole if len(whole) >= len(mended) else whole + mended
