"""The editors' files as they are now, read once and again when one of them has changed."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import current_app

from bot.content.catalogues import REVIEW, entries_of
from bot.content.content import Content, State, Text
from bot.content.finding import Finding
from bot.content.live.files import Stamps, stamps_of
from bot.content.reading import read_content
from bot.editor.subjects import Subject, subjects_of
from bot.editor.workplace import place
from bot.intents import present_catalogue
from bot.review import today

NAME = "korpu_editor"
MISSING, STALE, DRAFT, NATIVE, LAWYER = "missing", "stale", "draft", "native", "lawyer"
STATES = (MISSING, STALE, DRAFT, NATIVE, LAWYER)  # the worst first


class Unreadable(Exception):
    """A file cannot be read; `findings` say which and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("The editors' files cannot be read.")
        self.findings = findings


@dataclass(frozen=True)
class Shelf:
    """What is in the files."""

    content: Content

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Return everything that can be edited, by its id, in the order of the files."""
        return subjects_of(self.content)

    @cached_property
    def texts(self) -> Mapping[tuple[str, str], Text]:
        """Return the bot's texts by language and context."""
        return {(text.language, text.entry): text for text in self.content.texts}

    @cached_property
    def reviews(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Return who has reviewed a translation: language and context → comments."""
        return {
            (file.split("/")[-3], context): tuple(c for c in message.user_comments if REVIEW.match(c))
            for file, catalogue in self.content.catalogues.items()
            for context, message in entries_of(catalogue).items()
        }

    def state(self, subject: Subject, language: str) -> str:
        """Return the state of a translation: the worst of its parts."""
        return min((self.state_of(language, part.context) for part in subject.parts), key=STATES.index)

    def state_of(self, language: str, context: str) -> str:
        """Return the state of one translation."""
        text = self.texts[language, context]
        if text.state is not State.SHOWN:
            return MISSING if text.state is State.MISSING else STALE
        kinds = {match[1] for comment in self.reviews.get((language, context), ()) if (match := REVIEW.match(comment))}
        return LAWYER if LAWYER in kinds else NATIVE if kinds else DRAFT


class Shelves:
    """The shelf of an application; any thread may ask."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._read: tuple[dt.date, Stamps] | None = None  # what is due changes with the day
        self._found: Shelf | tuple[Finding, ...] = ()

    def shelf(self, locales: Path) -> Shelf:
        """Return the shelf as the files are now; raise `Unreadable`."""
        with self._turn:
            now = (today(), stamps_of(locales))
            if now != self._read:
                content, findings = read_content(locales, today(), present_catalogue())
                self._found, self._read = tuple(findings) if content is None else Shelf(content), now
            if not isinstance(self._found, Shelf):
                raise Unreadable(self._found)
            return self._found


def shelf() -> Shelf:
    """Return the editors' files of the present request; raise `Unreadable`, which frame.py makes a page of."""
    shelves: Shelves = current_app.extensions[NAME]
    return shelves.shelf(place().locales)


def shelf_if_readable() -> Shelf | None:
    """Return the editors' files for a page that has something to show without them, such as what was changed."""
    try:
        return shelf()
    except Unreadable:
        return None
