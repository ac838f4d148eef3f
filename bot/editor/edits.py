"""The edits that a form asks for."""

import datetime as dt
import re

from bot.content.changing import Edit
from bot.content.changing.edit import REVIEWS
from bot.content.sources import ANSWERS, DIALOGUE
from bot.editor.shelf import STALE, Shelf
from bot.editor.subjects import ANSWER, Part, Subject
from bot.editor.typed import Typed, languages_of
from bot.i18n import SOURCE_LANGUAGE
from bot.review import today

_DATED = re.compile(r"(?P<name>.*?)(?P<day>\d{4}-\d\d-\d\d)(?: \((?P<number>\d+)\))?")


def edits_of(held: Shelf, subject: Subject, typed: Typed) -> list[Edit]:
    """Return what a form changes, nothing where nothing is different.

    With a translation goes the English that it was made from: if that was changed meanwhile, it is a conflict.
    """
    english = [_english(part, typed) for part in subject.parts if typed.is_changed(SOURCE_LANGUAGE, part)]
    translations = [
        edit
        for language in languages_of(held)[1:]
        for part in subject.parts
        for edit in _translation(held, part, typed, language)
    ]
    words = [*english, *translations]
    if words and subject.version is not None:
        words.append(_version(subject, subject.version))
    reviews = [_review(held, part, typed, language) for language in typed.reviewed for part in subject.parts]
    same = [_english(part, typed) for part in subject.parts if not typed.is_changed(SOURCE_LANGUAGE, part)]
    guards = same if translations or reviews else []
    return [*words, *_checked(held, subject, typed), *reviews, *guards]


def next_version(version: str, day: dt.date) -> str:
    """Return the version of a wording that is changed on a day; the second one of that day is `… (2)`."""
    match = _DATED.fullmatch(version)
    if match is None:
        return f"{version} {day.isoformat()}"
    if match["day"] != day.isoformat():
        return f"{match['name']}{day.isoformat()}"
    return f"{match['name']}{match['day']} ({int(match['number'] or 1) + 1})"


def _english(part: Part, typed: Typed) -> Edit:
    was = typed.was[SOURCE_LANGUAGE, part.name]
    is_changed = typed.is_changed(SOURCE_LANGUAGE, part)
    return Edit(part.file, part.path, was, typed.texts[SOURCE_LANGUAGE, part.name] if is_changed else was)


def _translation(held: Shelf, part: Part, typed: Typed, language: str) -> list[Edit]:
    was, now = typed.was[language, part.name], typed.texts[language, part.name]
    if typed.is_changed(language, part):
        return [Edit(part.translations(language), (part.context,), was, now)]
    is_old = held.state_of(language, part.context) == STALE or typed.is_changed(SOURCE_LANGUAGE, part)
    if language in typed.right and is_old and now:
        return [Edit(part.translations(language), (part.context,), was, was)]
    return []


def _version(subject: Subject, version: str) -> Edit:
    return Edit(DIALOGUE, ("texts", subject.name, "version"), version, next_version(version, today()))


def _checked(held: Shelf, subject: Subject, typed: Typed) -> list[Edit]:
    if not typed.checked or subject.kind != ANSWER:
        return []
    before = held.content.locales.answers[subject.name]["checked"]
    return [Edit(ANSWERS, (subject.name, "checked"), before, today().isoformat())]


def _review(held: Shelf, part: Part, typed: Typed, language: str) -> Edit:
    before = list(held.reviews.get((language, part.context), ()))
    kept = [] if typed.is_changed(language, part) or typed.is_changed(SOURCE_LANGUAGE, part) else before
    comment = f"reviewed ({typed.reviewed[language]}): {typed.reviewer}, {today().isoformat()}"
    return Edit(part.translations(language), (part.context, REVIEWS), before, [*dict.fromkeys([*kept, comment])])
