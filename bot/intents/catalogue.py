"""The intent catalogue: names, kinds and topics, from `catalogue.yml` beside this file."""

import logging
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from bot.yamlfile import load

logger = logging.getLogger(__name__)
CATALOGUE_FILE = Path(__file__).with_name("catalogue.yml")


@unique
class Kind(StrEnum):
    """What an intent does."""

    ANSWER = "answer"
    ACT = "act"
    SAFETY = "safety"
    SMALL = "small"


@dataclass(frozen=True)
class Intent:
    """One thing that a person may say; `asks` and `border` are for those who write examples.

    A `draft` is an answer that is being written: the bot does not know it yet (`korpu content todo`).
    """

    name: str
    kind: Kind
    topic: str | None
    asks: str
    border: str | None
    draft: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All intents, in the order of the file, and the topics in the order of the menu."""

    topics: tuple[str, ...]
    intents: tuple[Intent, ...]

    @cached_property
    def by_name(self) -> dict[str, Intent]:
        """Return the intents by their names."""
        return {intent.name: intent for intent in self.intents}

    @cached_property
    def drafts(self) -> frozenset[str]:
        """Return the names of the answers that are being written."""
        return frozenset(intent.name for intent in self.intents if intent.draft)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Return the names of the intents that have one informative answer."""
        return tuple(intent.name for intent in self.intents if intent.kind is Kind.ANSWER)

    def of_topic(self, topic: str) -> tuple[str, ...]:
        """Return the answers of one topic of the menu."""
        return tuple(i.name for i in self.intents if i.topic == topic and i.kind is Kind.ANSWER)

    @cached_property
    def menu_topics(self) -> tuple[str, ...]:
        """Return the topics that have answers; danger has a card of its own instead."""
        return tuple(topic for topic in self.topics if self.of_topic(topic))


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the catalogue without drafts, as it was when this process first asked: what its model was made from.

    Raise `KeyError` or `ValueError` when an entry is not of its form.
    """
    return _without_drafts(read_catalogue(CATALOGUE_FILE))


def present_catalogue() -> Catalogue:
    """Return the catalogue without drafts as the file is now: an answer may have been finished while a program runs.

    Editors' files are judged by this one. While the file cannot be read it is that of the program's start; the log says
    so.
    """
    at_start = load_catalogue()
    try:
        return _without_drafts(read_catalogue(CATALOGUE_FILE))
    except (OSError, ValueError, LookupError, TypeError, yaml.YAMLError) as error:
        logger.warning("%s cannot be read now (%s): its state of before is used.", CATALOGUE_FILE.name, error)
        return at_start


def read_catalogue(path: Path = CATALOGUE_FILE) -> Catalogue:
    """Read a catalogue with its drafts; raise as `load_catalogue` does."""
    raw = load(path)
    intents = tuple(
        Intent(
            name=entry["name"],
            kind=Kind(entry["kind"]),
            topic=entry.get("topic"),
            asks=entry["asks"],
            border=entry.get("not"),
            draft=entry.get("draft", False),
        )
        for entry in raw["intents"]
    )
    return Catalogue(topics=tuple(raw["topics"]), intents=intents)


def _without_drafts(whole: Catalogue) -> Catalogue:
    return Catalogue(whole.topics, tuple(intent for intent in whole.intents if not intent.draft))
