"""Noting that a number was called today and that the right one answered."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bot.content.content import Content
from bot.editor.deeds import Outcome, submit
from bot.editor.fact_forms import AS_SAID, CallForm
from bot.editor.fact_page import row_of
from bot.editor.facts_edits import Call, call_edits, confirming_edits, next_review
from bot.editor.facts_page import WORDS
from bot.editor.facts_rows import FactRow
from bot.editor.frame import editors_only, page
from bot.editor.reports import settle
from bot.editor.shelf import shelf
from bot.editor.workplace import author, place
from bot.facts import Confidence, Fact
from bot.review import today
from referral.console.doing import CONFLICT
from referral.console.labels import day

pages = Blueprint("fact_call", __name__, url_prefix="/editor/facts")


@pages.get("/<name>/call", endpoint="call")
@editors_only
def call(name: str) -> ResponseReturnValue:
    """Show what noting a call means, and ask what was learnt."""
    content, row = _number(name)
    return _page(content, row, _form(content, row))


@pages.post("/<name>/call", endpoint="note")
@editors_only
def note(name: str) -> ResponseReturnValue:
    """Note the call; a number that was changed in the meantime was not the one that was called."""
    content, row = _number(name)
    form = _form(content, row)
    if not form.validate():
        flash(_("Nothing was noted: say who answered."), "refused")
        return _page(content, row, form), CONFLICT
    if form.answered.data != AS_SAID:
        flash(_("Nothing was noted as checked. Say here what is right, or that nobody knows it yet."))
        return redirect(url_for("fact_change.change", name=name, wrong=1))
    called = replace(row.fact, value=request.form.get("seen", ""))
    learnt = Call(form.languages.data or [], form.words.data or "")
    edits = call_edits(place().locales, called, learnt, login=author().login, today=today())
    outcome = submit(edits, _("Called on %(day)s, and the right one answered", day=day(today())))
    if not outcome.is_done:
        return _page(content, row, form, outcome), CONFLICT
    _say(settle(name) + _settled(row))
    if form.confirms.data:
        _confirm(called)
    return redirect(url_for("fact.fact", name=name))


def _number(name: str) -> tuple[Content, FactRow]:
    """Return a telephone number that can be called; end with "not found" for anything else."""
    content = shelf().content
    row = row_of(content, name)
    if not row.is_phone:
        abort(404)
    return content, row


def _form(content: Content, row: FactRow) -> CallForm:
    form = CallForm()
    names = {code: language.name for code, language in content.locales.languages.items()}
    form.offer(row.fact.behind or "", names)
    return form


def _page(content: Content, row: FactRow, form: CallForm, outcome: Outcome | None = None) -> str:
    return page(
        "fact_call.html",
        row=row,
        form=form,
        outcome=outcome,
        review_by=next_review(row.fact.unit, content.today),
        can_confirm=row.fact.confidence is not Confidence.CONFIRMED,
        **WORDS,
    )


def _settled(row: FactRow) -> int:
    """Return how many people had reported the number when the page was asked for; the change has settled them."""
    return row.report.persons if row.report else 0


def _say(reports: int) -> None:
    flash(_("It is noted that the number was called today."))
    if reports:
        flash(_("What people reported is settled; the warning below the answers goes away by itself."))


def _confirm(called: Fact) -> None:
    outcome = submit(confirming_edits(place().locales, called, today()), _("A call has confirmed the number"))
    if outcome.proposal is not None:
        flash(_("That the number is confirmed waits for a second editor."))
    elif not outcome.is_done:
        flash(_("It could not be shown as confirmed. Look at the number again."), "refused")
