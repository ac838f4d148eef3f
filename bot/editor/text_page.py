"""One text in every language: editing, preview, saving."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from bot.editor.frame import editors_only, page
from bot.editor.shelf import shelf

pages = Blueprint("text", __name__, url_prefix="/content")


@pages.get("/text/<path:subject>", endpoint="text")
@editors_only
def text(subject: str) -> ResponseReturnValue:
    """Show a text."""
    held = shelf()
    if held.content is None:
        return page("unreadable.html", findings=held.findings)
    found = held.subjects.get(subject)
    if found is None:
        abort(404)
    return page("text.html", subject=found)
