"""What can be edited: an answer with its button, another message, a button or short word, the name of a source."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.changing.risk import is_high_label, is_high_text
from bot.content.content import Content
from bot.content.sources import ANSWERS, DIALOGUE, FACTS, LABEL_GROUPS, LABELS, PLACEHOLDER
from bot.facts import Confidence, Fact
from bot.review import REVIEW_MONTHS, SOON, review_by

ANSWER, MESSAGE, WORD, SOURCE = "answer", "text", "label", "source"
KINDS = (ANSWER, MESSAGE, WORD, SOURCE)
HIGH = "high"
OTHER = "other"
# Groups of messages, by how their names begin; the first that fits.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "danger": ("card_", "danger_", "exit_"),
    "consent": ("ask_consent", "consent_", "unshare_", "shared_"),
    "form": ("ask_", "input_", "intake_", "form_"),
    "request": (
        "referral_",
        "status_",
        "code_",
        "relay_",
        "access_",
        "withdraw_",
        "erase_",
        "held_",
        "move_",
        "reply_",
    ),
    "first": ("welcome", "help", "language_", "choose_language", "menu", "privacy", "bot_challenge", "delete_"),
    "around": ("answer_", "fallback_", "self_check"),
    "colleagues": ("alert_", "oncall_", "on_call_"),
    OTHER: ("",),
}


@dataclass(frozen=True)
class Part:
    """One text of a subject: its name on the page, its id for translators, and where its English is."""

    name: str
    context: str
    file: str
    path: tuple[str, ...]

    @property
    def domain(self) -> str:
        """Return the PO file that its translations are in."""
        return "answers" if self.file in (ANSWERS, FACTS) else "dialogue"

    def translations(self, language: str) -> str:
        """Return the name of the file with its translation."""
        return f"{language}/LC_MESSAGES/{self.domain}.po"


@dataclass(frozen=True)
class Subject:
    """One thing to edit. `due` is the last day on which an answer counts as checked; `facts` are those it shows."""

    id: str
    kind: str
    name: str
    group: str
    risk: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    due: dt.date | None = None
    version: str | None = None

    @property
    def is_high(self) -> bool:
        """Tell whether a second person must approve each change."""
        return self.risk == HIGH

    def is_due(self, day: dt.date) -> bool:
        """Tell whether it, or a fact in it, must be looked at within a month."""
        days = [self.due, *(fact.review_by for fact in self.facts if fact.value is not None)]
        return any(due is not None and due - SOON <= day for due in days)

    def troubles(self, day: dt.date) -> tuple[Fact, ...]:
        """Return the facts that are empty, not confirmed or overdue."""
        return tuple(fact for fact in self.facts if in_trouble(fact, day))


def in_trouble(fact: Fact, day: dt.date) -> bool:
    """Tell whether a fact is empty, not confirmed, or was to be checked before this day."""
    return fact.value is None or fact.confidence is not Confidence.CONFIRMED or fact.review_by < day


def subjects_of(content: Content) -> dict[str, Subject]:
    """Return everything that can be edited, by its id."""
    found = [*_answers(content), *_messages(content), *_words(content), *_sources(content)]
    return {subject.id: subject for subject in found}


def _answers(content: Content) -> list[Subject]:
    found = []
    topics = content.catalogue.by_name
    for intent, entry in content.locales.answers.items():
        id = f"answer/{intent}"
        parts = (
            Part("label", f"label/answer:{intent}", ANSWERS, (intent, "label")),
            Part("text", id, ANSWERS, (intent, "text")),
        )
        topic = topics[intent].topic if intent in topics else None
        facts = _facts(content, entry["text"], *entry.get("backed_by", {}).values())
        found.append(Subject(id, ANSWER, intent, topic or OTHER, entry["risk"], parts, facts, review_by(entry)))
    return found


def _messages(content: Content) -> list[Subject]:
    dialogue = content.locales.dialogue
    return [
        Subject(
            f"text/{name}",
            MESSAGE,
            name,
            next(group for group, beginnings in GROUPS.items() if name.startswith(beginnings)),
            _risk(high=is_high_text(dialogue, name)),
            (Part("text", f"text/{name}", DIALOGUE, ("texts", name, "text")),),
            _facts(content, entry["text"]),
            version=entry.get("version"),
        )
        for name, entry in dialogue.items()
    ]


def _words(content: Content) -> list[Subject]:
    own = content.files[content.named(DIALOGUE)]["labels"]
    shared = content.files[content.named(LABELS)]
    found = [_word(name, DIALOGUE, ("labels", name)) for name in own]
    for group, prefix in LABEL_GROUPS:
        found += [_word(f"{prefix}:{key}", LABELS, (group, key)) for key in shared[group]]
    return found


def _word(name: str, file: str, path: tuple[str, ...]) -> Subject:
    part = Part("label", f"label/{name}", file, path)
    group = "buttons" if name.startswith(("btn_", "topic:", "act:")) else "words"
    return Subject(part.context, WORD, name, group, _risk(high=is_high_label(name)), (part,), ())


def _sources(content: Content) -> list[Subject]:
    return [
        Subject(
            f"source/{key}",
            SOURCE,
            key,
            "sources",
            "low",
            (Part("label", f"source/{key}", FACTS, ("sources", key, "name")),),
            (),
        )
        for key in content.facts.sources
    ]


def _risk(*, high: bool) -> str:
    return HIGH if high else next(reversed(REVIEW_MONTHS))


def _facts(content: Content, text: str, *more: str) -> tuple[Fact, ...]:
    names = dict.fromkeys([*PLACEHOLDER.findall(text), *map(str, more)])
    return tuple(content.facts.facts[name] for name in names if name in content.facts.facts)
