"""What several people asked in vain, and the beginning of an answer to it."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from bot.content.content import Content
from bot.content.scaffold import NewAnswer, new_answer
from bot.editor.frame import editors_only, page
from bot.editor.gap_forms import AnswerForm
from bot.editor.gap_patch import answer_patch
from bot.editor.shelf import shelf
from bot.editor.workplace import author
from bot.errors import OperatorError
from bot.paths import ROOT
from referral.console.context import console
from referral.console.doing import CONFLICT
from referral.db import session_scope
from referral.feedback.gaps import drop_gaps

if TYPE_CHECKING:
    from bot.gaps.board import Need

pages = Blueprint("gaps", __name__, url_prefix="/editor/gaps")


@pages.get("", endpoint="gaps")
@editors_only
def gaps() -> ResponseReturnValue:
    """Show the groups, those of most people first."""
    content = shelf().content
    found, can_open = _needs()
    named = {intent for need in found for intent in (*need.nearest, *need.unhelpful)}
    titles = {intent: _title(content, intent) for intent in sorted(named)}
    return page("gaps.html", needs=found, can_open=can_open, titles=titles, answers=content.locales.answers)


@pages.get("/answer", endpoint="answer")
@editors_only
def answer() -> ResponseReturnValue:
    """Show the form by which an answer is begun, filled in with what people asked."""
    from bot.gaps.board import stub

    content, need = _one(request.args.get("of", ""))
    begun = stub(need)
    examples = "\n".join(text for texts in begun.examples.values() for text in texts)
    form = AnswerForm(formdata=None, data={**vars(begun), "title": begun.title.replace("_", " "), "examples": examples})
    return _form_page(content, need, form)


@pages.post("/answer", endpoint="begin")
@editors_only
def begin() -> ResponseReturnValue:
    """Give the file that makes a place for an answer everywhere; nothing is written here."""
    content, need = _one(request.form.get("of", ""))
    form = AnswerForm()
    form.offer(_topics(content))
    if not form.validate():
        return _form_page(content, need, form, problem=_("Fill in button, topic, question and short name.")), CONFLICT
    asked = NewAnswer(
        intent=form.intent.data,
        topic=form.topic.data,
        title=form.title.data,
        asks=form.asks.data,
        examples={need.language: form.lines},
    )
    try:
        patch = answer_patch(ROOT, new_answer(ROOT, asked), asked, author())
    except OperatorError as error:
        return _form_page(content, need, form, problem=str(error)), CONFLICT
    headers = {"Content-Disposition": f'attachment; filename="new-answer-{asked.intent}.patch"'}
    return Response(patch, mimetype="application/mbox", headers=headers)


@pages.post("/settle", endpoint="settle")
@editors_only
def settle() -> ResponseReturnValue:
    """Delete the questions of a group, because there is nothing to write or the answer is there."""
    try:
        ids = [UUID(id) for id in request.form.get("ids", "").split()]
    except ValueError:
        abort(400)
    with session_scope(console().engine) as db:
        drop_gaps(db, ids=ids, staff=g.who)
    flash(_("The questions are deleted. If people ask it again, it comes back."))
    return redirect(url_for("gaps.gaps"))


def _needs() -> tuple[list["Need"], bool]:
    """Return the groups, and whether this console has the key that opens the questions."""
    from bot.gaps.board import needs  # brings spaCy and the words of a language: only who looks waits for it

    try:
        key = console().content_key
    except FileNotFoundError:
        return [], False
    with session_scope(console().engine) as db:
        return needs(db, private_key=key), True


def _one(of: str) -> tuple[Content, "Need"]:
    """Return the group that a question belongs to; end with "not found" when it is in none any more."""
    need = next((need for need in _needs()[0] if of in map(str, need.ids)), None)
    if need is None:
        abort(404)
    return shelf().content, need


def _form_page(content: Content, need: "Need", form: AnswerForm, *, problem: str = "") -> str:
    form.offer(_topics(content))
    return page("gap_answer.html", need=need, form=form, problem=problem)


def _topics(content: Content) -> dict[str, str]:
    here = str(get_locale())
    return {topic: content.locales.label(f"topic:{topic}", here) for topic in content.catalogue.menu_topics}


def _title(content: Content, intent: str) -> str:
    """Return what an intent is called in the page's language; its name when it has none."""
    prefix = "answer" if intent in content.locales.answers else "act"
    key = f"{prefix}:{intent}"
    return content.locales.label(key, str(get_locale())) if key in content.locales.labels else intent
