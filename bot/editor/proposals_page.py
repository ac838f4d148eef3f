"""What waits for a second editor: the difference word by word, how people would see it, and a yes or a no."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bot.content.changing import (
    ChangeError,
    Clash,
    Conflict,
    Proposal,
    Refused,
    Standing,
    approve,
    decline,
    read_proposal,
    read_proposals,
)
from bot.editor.bubbles import Bubble, bubbles
from bot.editor.changes_page import is_rtl, language_of_edit, lines_of, titles_of, words_of
from bot.editor.fact_look import shown_after
from bot.editor.frame import editors_only, page
from bot.editor.reasons import why_not
from bot.editor.reports import settle_checked
from bot.editor.shelf import Shelf, shelf_if_readable
from bot.editor.text_page import CONFLICT, REFUSED
from bot.editor.typed import from_files, of_proposal
from bot.editor.worddiff import Piece, pieces
from bot.editor.workplace import author, place

pages = Blueprint("proposals", __name__, url_prefix="/editor")


@dataclass(frozen=True)
class Meanwhile:
    """What somebody has changed since something was proposed: the words in the file, and how ours differ."""

    language: str
    rtl: bool
    now: str
    pieces: list[Piece]


@pages.get("/proposals", endpoint="proposals")
@editors_only
def proposals() -> ResponseReturnValue:
    """Show what waits, and what was decided."""
    held = shelf_if_readable()
    found = [(proposal, titles_of(held, proposal.subjects)) for proposal in read_proposals(place())]
    return page(
        "proposals.html",
        waiting=[one for one in found if one[0].standing is Standing.OPEN],
        decided=[one for one in found if one[0].standing is not Standing.OPEN],
    )


@pages.get("/proposals/<id>", endpoint="proposal")
@editors_only
def proposal(id: str) -> ResponseReturnValue:
    """Show one proposal."""
    return _page(_found(id), None)


@pages.post("/proposals/<id>/approve", endpoint="approve")
@editors_only
def agree(id: str) -> ResponseReturnValue:
    """Let a proposal of somebody else go in."""
    found = _found(id)
    try:
        change = approve(place(), id, author())
    except ChangeError as error:
        return _page(found, error), CONFLICT if isinstance(error, Conflict) else REFUSED
    settle_checked(change)
    return redirect(url_for("changes.change", number=change.number))


@pages.post("/proposals/<id>/decline", endpoint="decline")
@editors_only
def refuse(id: str) -> ResponseReturnValue:
    """Decline a proposal with a reason; its author takes it back."""
    found = _found(id)
    try:
        decline(place(), id, author(), request.form.get("reason", ""))
    except ChangeError as error:
        return _page(found, error), REFUSED
    flash(_("The proposal was taken back.") if found.author == author() else _("The proposal was declined."))
    return redirect(url_for("proposals.proposals"))


def _found(id: str) -> Proposal:
    found = read_proposal(place(), id)
    if found is None:
        abort(404)
    return found


def _page(found: Proposal, error: ChangeError | None) -> str:
    held = shelf_if_readable()
    known = held.subjects if held is not None else {}
    subject = found.subjects[0] if len(found.subjects) == 1 and found.subjects[0] in known else None
    return page(
        "proposal.html",
        proposal=found,
        lines=lines_of(held, found.edits),
        titles=titles_of(held, found.subjects),
        subject=subject,
        bubbles=_bubbles(held, found, subject),
        shown=shown_after(held.content, found.edits) if held is not None else [],
        is_own=found.author.login == g.who.login,
        why=why_not(error) if error is not None else None,
        findings=error.findings if isinstance(error, Refused) else (),
        clashes=_clashes(held, error),
    )


def _bubbles(held: Shelf | None, found: Proposal, subject: str | None) -> list[Bubble]:
    """Return how people would see the text in each language that the proposal changes."""
    if held is None or subject is None:
        return []
    about = held.subjects[subject]
    shown = bubbles(held, about, of_proposal(from_files(held, about), about, found))
    changed = dict.fromkeys(line.language for line in lines_of(held, found.edits))
    return [shown[language] for language in changed if language in shown]


def _clashes(held: Shelf | None, error: ChangeError | None) -> list[Meanwhile]:
    """Return what others changed meanwhile."""
    clashes = error.clashes if isinstance(error, Conflict) else ()
    return [_meanwhile(held, clash) for clash in clashes]


def _meanwhile(held: Shelf | None, clash: Clash) -> Meanwhile:
    language = language_of_edit(clash.edit)
    now = words_of(clash.now)
    return Meanwhile(language, is_rtl(held, language), now, pieces(now, words_of(clash.edit.after)))
