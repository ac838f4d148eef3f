"""The list of texts: which language has what, what is due, which facts are in trouble."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.content import Content
from bot.content.wording import readable
from bot.editor.frame import editors_only, page
from bot.editor.shelf import STATES, Shelf, shelf
from bot.editor.subjects import ANSWER, KINDS, Subject
from bot.editor.votes import together, votes_of
from bot.editor.words import GROUP, KIND, SIGN, STATE
from bot.facts import Fact
from bot.i18n import SOURCE_LANGUAGE
from referral.console.headers import with_script

pages = Blueprint("texts", __name__, url_prefix="/editor")
LONGEST_TITLE = 90
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TAGS = re.compile(r"</?[bi]>")


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    subject: Subject
    title: str
    states: Mapping[str, str]
    troubles: tuple[Fact, ...]
    is_due: bool


@dataclass(frozen=True)
class Filter:
    """What somebody looks for."""

    kind: str
    words: str
    language: str
    state: str
    group: str
    due: bool
    high: bool
    trouble: bool

    @classmethod
    def of_request(cls, languages: list[str]) -> "Filter":
        """Read the address; what does not exist counts as not asked."""
        asked = request.args
        kind = asked.get("kind", ANSWER)
        return cls(
            kind=kind if kind in KINDS else ANSWER,
            words=asked.get("words", "").strip(),
            language=one_of(asked.get("language"), languages),
            state=one_of(asked.get("state"), STATES),
            group=asked.get("group", ""),
            due="due" in asked,
            high="high" in asked,
            trouble="trouble" in asked,
        )

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything but the kind and words is asked."""
        return bool(self.language or self.state or self.group or self.due or self.high or self.trouble)

    def fits(self, row: Row) -> bool:
        """Tell whether a row is looked for, its words left aside."""
        states = [row.states[self.language]] if self.language else list(row.states.values())
        return (
            (not self.state or self.state in states)
            and (not self.group or row.subject.group == self.group)
            and (not self.due or row.is_due)
            and (not self.high or row.subject.is_high)
            and (not self.trouble or bool(row.troubles))
        )


@pages.get("/texts", endpoint="texts")
@editors_only
@with_script
def texts() -> ResponseReturnValue:
    """Show every text of one kind, by group."""
    held = shelf()
    languages = [code for code in held.content.locales.languages if code != SOURCE_LANGUAGE]
    asked = Filter.of_request(languages)
    found = [subject for subject in held.subjects.values() if _has_words(held, subject, asked.words)]
    rows = [_row(held, subject, languages) for subject in found if subject.kind == asked.kind]
    fitting = [row for row in rows if asked.fits(row)]
    return page(
        "texts.html",
        groups=[(group, list(of_group)) for group, of_group in groupby(_in_groups(fitting), _group)],
        titles={group: _group_title(held.content, asked.kind, group) for group in map(_group, _in_groups(rows))},
        counts=Counter(subject.kind for subject in found),
        kinds=KIND,
        languages_of_texts=languages,
        states=STATE,
        signs=SIGN,
        asked=asked,
        votes={f"{ANSWER}/{intent}": together(said) for intent, said in votes_of(held.content).items()},
        shown=len(fitting),
    )


def one_of(value: str | None, allowed: tuple[str, ...] | list[str]) -> str:
    """Return a value of the address, nothing when it is not among those that there are."""
    return value if value is not None and value in allowed else ""


def title_of(content: Content, subject: Subject, language: str) -> str:
    """Return what a text is called in the page's language: its button, or how it begins."""
    translated = content.locales.translations.get(language, {})
    words = translated.get(subject.parts[0].context) or next(
        text.text for text in content.english if text.entry == subject.parts[0].context
    )
    line = _PLACEHOLDER.sub(
        lambda match: _value(content, match[1], language), _TAGS.sub("", words).strip().partition("\n")[0]
    )
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE].rstrip()}…"


def _value(content: Content, name: str, language: str) -> str:
    """Return what a fact shows, and of another placeholder its example."""
    fact = content.facts.facts.get(name)
    if fact is not None and fact.value is not None:
        return content.facts.render(name, language)
    value = content.explained.values.get(name)
    return f"{{{name}}}" if value is None else str(value["example"])


def _row(held: Shelf, subject: Subject, languages: list[str]) -> Row:
    day: dt.date = held.content.today
    states = {language: held.state(subject, language) for language in languages}
    title = title_of(held.content, subject, str(get_locale()))
    return Row(subject, title, states, subject.troubles(day), subject.is_due(day))


def _has_words(held: Shelf, subject: Subject, words: str) -> bool:
    if not words or words in subject.name:
        return True
    return any(
        readable(words, language) in readable(held.texts[language, part.context].text, language)
        for language in held.content.locales.languages
        for part in subject.parts
    )


def _in_groups(rows: list[Row]) -> list[Row]:
    """Return the rows with those of a group together, groups and rows in the order of the files."""
    order = {group: place for place, group in reversed(list(enumerate(map(_group, rows))))}
    return sorted(rows, key=lambda row: order[_group(row)])


def _group_title(content: Content, kind: str, group: str) -> str:
    """Return the name of a group: of answers, that of their topic, as people read it in the menu."""
    if kind == ANSWER and f"topic:{group}" in content.locales.labels:
        return content.locales.label(f"topic:{group}", str(get_locale()))
    return str(GROUP[group])


def _group(row: Row) -> str:
    return row.subject.group
