"""What stands in the fields of the edit page: from the files when it is opened, from the form when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from bot.content.changing import Change, Edit, Proposal
from bot.editor.shelf import LAWYER, NATIVE, STALE, Shelf
from bot.editor.stars import with_stars, without_stars
from bot.editor.subjects import Part, Subject
from bot.i18n import SOURCE_LANGUAGE

Key = tuple[str, str]  # language, name of the part
TEXT, WAS = "text", "was"  # how the fields begin; the first is also what `kept.py` of the console gives back
REVIEWS = (NATIVE, LAWYER)


@dataclass(frozen=True)
class Typed:
    """The fields. `was` is what they were when the page was opened, `right` the languages that fit the new English."""

    texts: Mapping[Key, str]
    was: Mapping[Key, str]
    right: frozenset[str] = frozenset()
    reviewed: Mapping[str, str] = field(default_factory=dict)
    reviewer: str = ""
    checked: bool = False
    reason: str = ""
    restores: int | None = None
    replaces: str | None = None

    def is_changed(self, language: str, part: Part) -> bool:
        """Tell whether somebody has typed another text."""
        key = language, part.name
        return self.texts[key] != tidy(self.was[key])

    def is_seen(self, held: Shelf, language: str, part: Part) -> bool:
        """Tell whether people would see the translation, and not English, once this is saved."""
        if not self.texts[language, part.name]:
            return False
        if language == SOURCE_LANGUAGE or self.is_changed(language, part) or language in self.right:
            return True
        return not self.is_changed(SOURCE_LANGUAGE, part) and held.state_of(language, part.context) != STALE

    def with_texts(self, texts: Mapping[Key, str]) -> "Typed":
        """Return the same with other texts in some fields."""
        return replace(self, texts={**self.texts, **{key: tidy(text) for key, text in texts.items()}})


def tidy(text: str) -> str:
    """Return a text as it is kept: lines end without spaces, and nothing stands before or behind it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def from_files(held: Shelf, subject: Subject, *, reviewer: str = "") -> Typed:
    """Return the fields as the files have them."""
    was = {
        (language, part.name): held.texts[language, part.context].text
        for language in languages_of(held)
        for part in subject.parts
    }
    return Typed({key: tidy(text) for key, text in was.items()}, was, reviewer=reviewer)


def from_form(held: Shelf, subject: Subject, form: "MultiDict[str, str]") -> Typed:
    """Return the fields of a form; what it does not have is as in the files."""
    now = from_files(held, subject)
    restores = form.get("restores", "")
    was = {key: form.get(name_of(WAS, key), text).replace("\r\n", "\n") for key, text in now.was.items()}
    return Typed(
        texts={key: _typed(form, key, was) for key, was in was.items()},
        was=was,
        right=frozenset(language for language in languages_of(held) if f"right-{language}" in form),
        reviewed={
            language: kind
            for language in languages_of(held)
            if language != SOURCE_LANGUAGE and (kind := form.get(f"review-{language}", "")) in REVIEWS
        },
        reviewer=" ".join(form.get("reviewer", "").split()),
        checked="checked" in form,
        reason=" ".join(form.get("reason", "").split()),
        restores=int(restores) if restores.isdecimal() else None,
        replaces=form.get("replaces") or None,
    )


def _typed(form: "MultiDict[str, str]", key: Key, was: str) -> str:
    """Return the text of a field as the files have it; what nobody has touched is exactly what it was."""
    before = tidy(was)
    typed = tidy(form.get(name_of(TEXT, key), with_stars(before)))
    return before if typed == with_stars(before) else without_stars(typed)


def name_of(beginning: str, key: Key) -> str:
    """Return the name of a field, such as `text-az-label`."""
    return f"{beginning}-{key[0]}-{key[1]}"


def before_change(typed: Typed, subject: Subject, change: Change) -> Typed:
    """Return the fields as they were before a change, to be looked at and saved anew."""
    return replace(_with_values(typed, subject, change.edits, "before"), restores=change.number)


def of_proposal(typed: Typed, subject: Subject, proposal: Proposal) -> Typed:
    """Return the fields as a proposal would have them."""
    filled = _with_values(typed, subject, proposal.edits, "after")
    return replace(filled, reason=proposal.reason, replaces=proposal.id)


def languages_of(held: Shelf) -> list[str]:
    """Return the languages, English first."""
    return [SOURCE_LANGUAGE, *(code for code in held.content.locales.languages if code != SOURCE_LANGUAGE)]


def key_of(subject: Subject, edit: Edit) -> Key | None:
    """Return the field that an edit is of, None when it is of none."""
    for part in subject.parts:
        if not edit.is_translation and (edit.file, edit.path) == (part.file, part.path):
            return SOURCE_LANGUAGE, part.name
        if edit.is_translation and edit.path == (part.context,):
            return edit.file.partition("/")[0], part.name
    return None


def _with_values(typed: Typed, subject: Subject, edits: tuple[Edit, ...], side: str) -> Typed:
    values = ((key_of(subject, edit), getattr(edit, side)) for edit in edits if edit.is_change)
    return typed.with_texts({key: str(value or "") for key, value in values if key is not None and key in typed.texts})
