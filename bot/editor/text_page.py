"""One text in every language: editing, preview, saving."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, abort, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.changing import (
    ChangeError,
    Clash,
    Conflict,
    NoReason,
    Refused,
    Standing,
    decline,
    needs_second_person,
    read_change,
    read_proposal,
    read_proposals,
)
from bot.content.finding import Finding
from bot.editor.bubbles import bubbles
from bot.editor.edits import edits_of
from bot.editor.filled import all_facts, filled
from bot.editor.frame import editors_only, page, part
from bot.editor.probing import by_field, probed
from bot.editor.reasons import why_not
from bot.editor.saving import save
from bot.editor.shelf import Shelf, shelf
from bot.editor.subjects import ANSWER, Subject
from bot.editor.texts_page import one_of, title_of
from bot.editor.typed import Key, Typed, before_change, from_files, from_form, key_of, languages_of, of_proposal
from bot.editor.votes import votes_of
from bot.editor.worddiff import pieces
from bot.editor.words import PARTS, SIGN, STATE
from bot.editor.workplace import author, place
from bot.i18n import SOURCE_LANGUAGE
from referral.console.headers import with_script

pages = Blueprint("text", __name__, url_prefix="/editor")
CONFLICT, REFUSED = 409, 422
SAVE, TAKE = "save", "take"
LINE = 62  # about so many letters fit into a line of a field


@dataclass(frozen=True)
class Trouble:
    """Why a form was not saved: a sentence, what the check says at which field, and what others wrote meanwhile."""

    why: str
    findings: dict[Key, list[Finding]] = field(default_factory=dict)
    others: Sequence[Finding] = ()
    clashes: dict[Key, str] = field(default_factory=dict)
    no_reason: bool = False
    status: int = REFUSED


@pages.get("/text/<path:subject>", endpoint="text")
@editors_only
@with_script
def text(subject: str) -> ResponseReturnValue:
    """Show a text with its translations, as they are or as an earlier change or a proposal has them."""
    held = shelf()
    found = _found(held, subject)
    typed = from_files(held, found, reviewer=g.who.login)
    number, id = request.args.get("before", ""), request.args.get("proposal", "")
    if number.isdecimal() and (change := read_change(place(), int(number))) is not None:
        typed = before_change(typed, found, change)
    elif id and (proposal := read_proposal(place(), id)) is not None:
        typed = of_proposal(typed, found, proposal)
    return _page(held, found, typed)


@pages.post("/text/<path:subject>")
@editors_only
@with_script
def change(subject: str) -> ResponseReturnValue:
    """Save the form, or show it again: with the preview, in another language, or with what is wrong."""
    held = shelf()
    found = _found(held, subject)
    typed = from_form(held, found, request.form)
    if TAKE in request.form:
        return _page(held, found, _taken(typed, request.form[TAKE]))
    if SAVE not in request.form:
        return _page(held, found, typed)
    try:
        return redirect(_saved(held, found, typed))
    except ChangeError as error:
        trouble = _trouble(found, error)
        return _page(held, found, _after_clash(typed, error, found), trouble), trouble.status


@pages.post("/preview/<path:subject>")
@editors_only
@with_script
def preview(subject: str) -> ResponseReturnValue:
    """Return, for the script, how people would see the texts of the form, and what the check would say of them."""
    held = shelf()
    found = _found(held, subject)
    typed = from_form(held, found, request.form)
    findings = probed(held, found, typed)
    shown = bubbles(held, found, typed)
    fields = [(language, part.name) for language in languages_of(held) for part in found.parts]
    return {
        "previews": {language: part("bubble.html", bubble=bubble) for language, bubble in shown.items()},
        "findings": {
            f"{language}-{name}": part("findings.html", findings=findings.get((language, name), []), short=True)
            for language, name in fields
        },
        "second": _second(held, found, typed),
    }


def _found(held: Shelf, subject: str) -> Subject:
    found = held.subjects.get(subject)
    if found is None:
        abort(404)
    return found


def _saved(held: Shelf, subject: Subject, typed: Typed) -> str:
    if typed.reviewed and not typed.reviewer:
        typed = replace(typed, reviewer=author().login)
    address = save(edits_of(held, subject, typed), typed.reason, restores=typed.restores)
    old = read_proposal(place(), typed.replaces) if typed.replaces else None
    if old is not None and old.standing is Standing.OPEN and old.author == author():
        decline(place(), old.id, author(), "")
    return address


def _trouble(subject: Subject, error: ChangeError) -> Trouble:
    match error:
        case Conflict():
            keys = ((key_of(subject, clash.edit), clash) for clash in error.clashes)
            clashes = {key: str(clash.now or "") for key, clash in keys if key is not None}
            return Trouble(why_not(error), clashes=clashes, status=CONFLICT)
        case Refused():
            fields, others = by_field(subject, error.findings)
            return Trouble(why_not(error), fields, others)
        case _:
            return Trouble(why_not(error), no_reason=isinstance(error, NoReason))


def _after_clash(typed: Typed, error: ChangeError, subject: Subject) -> Typed:
    """Return the fields so that what is saved next is measured against what the file has now.

    What was typed stays. A field in which nothing was typed shows what the file has now.
    """
    if not isinstance(error, Conflict):
        return typed
    now = {key: clash for clash in error.clashes if (key := key_of(subject, clash.edit)) is not None}
    untouched = {key: _text(clash) for key, clash in now.items() if typed.texts[key] == _tidy_was(typed, key)}
    was = {**typed.was, **{key: _text(clash) for key, clash in now.items()}}
    return replace(typed.with_texts(untouched), was=was)


def _text(clash: Clash) -> str:
    return str(clash.now or "")


def _tidy_was(typed: Typed, key: Key) -> str:
    return typed.was[key].strip()


def _taken(typed: Typed, name: str) -> Typed:
    """Return the fields with what the file has now in one of them, in place of what was typed."""
    language, _, part = name.partition("-")
    key = (language, part)
    return typed.with_texts({key: typed.was[key]}) if key in typed.was else typed


def _second(held: Shelf, subject: Subject, typed: Typed) -> bool:
    """Tell whether saving now would be a proposal for a second person."""
    return needs_second_person(place().locales, edits_of(held, subject, typed))


def _page(held: Shelf, subject: Subject, typed: Typed, trouble: Trouble | None = None) -> str:
    content, here = held.content, str(get_locale())
    languages = languages_of(held)
    asked = request.values.getlist("with")  # the last one is that of a button
    beside = one_of(asked[-1] if asked else None, languages[1:]) or _first_beside(held, subject, languages, here)
    findings = trouble.findings if trouble is not None and trouble.findings else probed(held, subject, typed)
    english = [typed.texts[SOURCE_LANGUAGE, part.name] for part in subject.parts]
    return page(
        "text.html",
        subject=subject,
        heading=title_of(content, subject, here),
        typed=typed,
        trouble=trouble,
        findings=findings,
        columns=[SOURCE_LANGUAGE, beside],
        beside=beside,
        see=one_of(request.values.get("see"), [SOURCE_LANGUAGE, beside]) or beside,
        more=[language for language in languages[1:] if language != beside],
        languages_of_texts=languages[1:],
        states={language: held.state(subject, language) for language in languages[1:]},
        reviews={language: _reviews(held, subject, language) for language in languages[1:]},
        votes=votes_of(content).get(subject.name, {}) if subject.kind == ANSWER else {},
        names=STATE,
        signs=SIGN,
        parts=PARTS[subject.kind],
        rows=rows_for,
        bubbles=bubbles(held, subject, typed),
        placeholders={language: filled(content, subject, english, language) for language in languages},
        filled=filled(content, subject, english, here),
        facts=all_facts(content, here),
        rtl={language: content.locales.languages[language].rtl for language in languages},
        differences={
            key: pieces(now.strip(), typed.texts[key]) for key, now in (trouble.clashes if trouble else {}).items()
        },
        second=_second(held, subject, typed),
        waiting=[
            proposal
            for proposal in read_proposals(place())
            if proposal.standing is Standing.OPEN and subject.id in proposal.subjects
        ],
    )


def rows_for(text: str) -> int:
    """Return how many rows a field needs to show a text whole, at the width that it has beside another."""
    return max(2, sum(len(line) // LINE + 1 for line in text.split("\n")) + 1)


def _first_beside(held: Shelf, subject: Subject, languages: list[str], here: str) -> str:
    """Return the translation that stands beside English first: the page's language, or the first that wants work."""
    return here if here in languages[1:] else min(languages[1:], key=lambda code: _urgency(held, subject, code))


def _urgency(held: Shelf, subject: Subject, language: str) -> int:
    return tuple(STATE).index(held.state(subject, language))


def _reviews(held: Shelf, subject: Subject, language: str) -> list[str]:
    comments = (comment for part in subject.parts for comment in held.reviews.get((language, part.context), ()))
    return list(dict.fromkeys(comments))
