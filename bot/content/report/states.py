"""What has happened to each text in each language.

A translation is a machine's draft until its PO entry has the comment `# reviewed (native): who, day`, or `(lawyer)`.
Nothing notes a review of the English source: all of it counts as a draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from babel.messages.catalog import Message

from bot.content.catalogues import DOMAINS, REVIEW, entries_of, is_stale, path_of, read_catalogue
from bot.content.sources import SourceText, source_texts
from bot.i18n import SOURCE_LANGUAGE


@unique
class Reading(StrEnum):
    """Whether a native speaker has read a text. Of the first two, people see the English instead."""

    MISSING = "missing"
    STALE = "stale"
    DRAFT = "draft"
    NATIVE = "native"


SHOWN = (Reading.DRAFT, Reading.NATIVE)
LAWYER = "lawyer"


@dataclass(frozen=True)
class Entry:
    """One text in one language; `by_lawyer` only while people see what the lawyer read."""

    context: str
    reading: Reading
    by_lawyer: bool = False


def entries(locales: Path, *languages: str) -> dict[str, list[Entry]]:
    """Return every text of some languages with who has read it, but for answers that are still being written.

    Raise as `read_catalogue` does.
    """
    sources = {domain: [text for text in source_texts(locales, domain) if text.draft is None] for domain in DOMAINS}
    return {
        language: [entry for domain in DOMAINS for entry in _of_domain(language, domain, locales, sources[domain])]
        for language in languages
    }


def _of_domain(language: str, domain: str, locales: Path, sources: list[SourceText]) -> Iterator[Entry]:
    if language == SOURCE_LANGUAGE:
        yield from (Entry(source.context, Reading.DRAFT) for source in sources)
        return
    held = entries_of(read_catalogue(path_of(locales, language, domain), language))
    yield from (_entry(source, held.get(source.context)) for source in sources)


def _entry(source: SourceText, message: Message | None) -> Entry:
    if message is None or not message.string:
        return Entry(source.context, Reading.MISSING)
    if is_stale(message, source.text):
        return Entry(source.context, Reading.STALE)
    kinds = {match[1] for comment in message.user_comments if (match := REVIEW.match(comment))}
    reading = Reading.NATIVE if Reading.NATIVE.value in kinds else Reading.DRAFT
    return Entry(source.context, reading, by_lawyer=LAWYER in kinds)
