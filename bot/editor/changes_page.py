"""What was changed: by whom, when and why, word by word; as patches for git; and the way back."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.changing import Change, Edit, Value, read_change, read_changes, subject_of
from bot.content.changing.record import read_all_patches, read_patch
from bot.content.sources import FACTS
from bot.editor.facts_page import say
from bot.editor.frame import editors_only, page
from bot.editor.live import Reach, standing_of
from bot.editor.shelf import Shelf, shelf_if_readable
from bot.editor.subjects import Subject
from bot.editor.texts_page import title_of
from bot.editor.worddiff import Piece, pieces
from bot.editor.workplace import place
from bot.i18n import SOURCE_LANGUAGE
from referral.console.guard import AUTOMATIC

pages = Blueprint("changes", __name__, url_prefix="/editor")


@dataclass(frozen=True)
class Line:
    """One value that a change is of: what it is, in which language, and what became of its words."""

    subject: str
    title: str
    language: str
    part: str
    kind: str
    rtl: bool
    pieces: list[Piece]
    is_same: bool


@pages.get("/changes", endpoint="changes")
@editors_only
def changes() -> ResponseReturnValue:
    """Show every change that was made here, or those of one text; the last first."""
    subject = request.args.get("of") or None
    found = read_changes(place(), subject)
    held = shelf_if_readable()
    return page(
        "changes.html",
        changes=[(change, titles_of(held, change.subjects)) for change in found],
        of=subject,
        title=titles_of(held, (subject,))[0] if subject else None,
        editable=subject is not None and _known(held, subject) is not None,
    )


@pages.get("/changes/<int:number>", endpoint="change")
@editors_only
def change(number: int) -> ResponseReturnValue:
    """Show one change: its words, and whether people read them already."""
    found = _found(number)
    held = shelf_if_readable()
    standing = standing_of(place(), found)
    return page(
        "change.html",
        change=found,
        lines=lines_of(held, found.edits),
        titles=titles_of(held, found.subjects),
        editable=[subject for subject in found.subjects if _known(held, subject) is not None],
        standing=standing,
        moving=standing.reach is Reach.WAITING,
        again=f"{request.path}?{AUTOMATIC}=1",
    )


@pages.get("/changes/<int:number>.patch")
@editors_only
def patch(number: int) -> ResponseReturnValue:
    """Give one change to git."""
    text = read_patch(place(), number)
    if text is None:
        abort(404)
    return _mail(text, f"{_found(number).name}.patch")


@pages.get("/changes.mbox")
@editors_only
def every_patch() -> ResponseReturnValue:
    """Give every change to git, the first one first."""
    return _mail(read_all_patches(place()), "korpu-content.mbox")


def lines_of(held: Shelf | None, edits: tuple[Edit, ...]) -> list[Line]:
    """Return what edits do, word by word."""
    return [_line(held, edit) for edit in edits if edit.is_change]


def titles_of(held: Shelf | None, subjects: tuple[str, ...]) -> list[str]:
    """Return what texts and facts are called on these pages."""
    return [_title(held, subject) for subject in subjects]


def _title(held: Shelf | None, subject: str) -> str:
    found = _known(held, subject)
    if held is None or found is None:
        kind, _, name = subject.partition("/")
        return name.replace("_", " ") if kind in ("fact", "source") else subject
    return title_of(held.content, found, str(get_locale()))


def _known(held: Shelf | None, subject: str) -> Subject | None:
    return None if held is None else held.subjects.get(subject)


def _line(held: Shelf | None, edit: Edit) -> Line:
    subject, language = subject_of(edit), language_of_edit(edit)
    found = _known(held, subject)
    before, after = _said(edit, edit.before), _said(edit, edit.after)
    return Line(
        subject=subject,
        title=_title(held, subject),
        language=language,
        rtl=is_rtl(held, language),
        part=_part(found, edit),
        kind="" if found is None else found.kind,
        pieces=pieces(before, after),
        is_same=before == after,
    )


def _part(subject: Subject | None, edit: Edit) -> str:
    for part in () if subject is None else subject.parts:
        if edit.path in (part.path, (part.context,)):
            return part.name
    return edit.path[-1]


def language_of_edit(edit: Edit) -> str:
    """Return the language of the words that an edit is of."""
    return edit.file.partition("/")[0] if edit.is_translation else SOURCE_LANGUAGE


def is_rtl(held: Shelf | None, language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return held is not None and held.content.locales.languages[language].rtl


def _said(edit: Edit, value: Value) -> str:
    """Return a value as people read it; that of a fact in words."""
    return say(edit.path[-1], value) if edit.file == FACTS and value is not None else words_of(value)


def words_of(value: object) -> str:
    """Return a value as words."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value).strip()


def _found(number: int) -> Change:
    found = read_change(place(), number)
    if found is None:
        abort(404)
    return found


def _mail(text: str, name: str) -> Response:
    response = Response(text, mimetype="text/x-patch; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
