"""One fact: where it is from, who shows it, what people report, what was done with it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.changing import Edit, Proposal, Standing, read_changes, read_proposals
from bot.content.content import Content
from bot.editor.facts_page import WORDS, shown_value, source_name
from bot.editor.facts_rows import FactRow
from bot.editor.facts_shown import lines_with
from bot.editor.frame import editors_only, page
from bot.editor.reminders import rows_of
from bot.editor.reports import DOUBTED_FROM
from bot.editor.shelf import shelf
from bot.editor.texts_page import title_of
from bot.editor.workplace import place

pages = Blueprint("fact", __name__, url_prefix="/editor/facts")


@pages.get("/<name>", endpoint="fact")
@editors_only
def fact(name: str) -> ResponseReturnValue:
    """Show a fact."""
    content = shelf().content
    row = row_of(content, name)
    return page(
        "fact.html",
        row=row,
        value=shown_value(content, row),
        source=source_name(content, row),
        lines=list(lines_with(content.locales, name, str(get_locale()))),
        languages_of_texts=len(content.locales.languages),
        titles=titles_of(row),
        changes=[(change, _of(change.edits, name)) for change in read_changes(place(), f"fact/{name}")],
        waiting=waiting(name),
        doubted_from=DOUBTED_FROM,
        **WORDS,
    )


def row_of(content: Content, name: str) -> FactRow:
    """Return the row of a fact; end with "not found" when there is none of that name."""
    row = next((row for row in rows_of(content) if row.fact.name == name), None)
    if row is None:
        abort(404)
    return row


def titles_of(row: FactRow) -> dict[str, str]:
    """Return what the answers and texts of a fact are called in the page's language, by their ids."""
    held, here = shelf(), str(get_locale())
    ids = [*(f"answer/{intent}" for intent in row.answers), *(f"text/{name}" for name in row.texts)]
    return {id: title_of(held.content, held.subjects[id], here) for id in ids}


def waiting(name: str) -> list[Proposal]:
    """Return the changes of a fact that wait for a second person."""
    return [
        proposal
        for proposal in read_proposals(place())
        if proposal.standing is Standing.OPEN and f"fact/{name}" in proposal.subjects
    ]


def _of(edits: tuple[Edit, ...], name: str) -> list[Edit]:
    return [edit for edit in edits if edit.path[:2] == ("facts", name) and edit.before != edit.after]
