"""Correcting a fact: what will change is shown before anything is saved."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bot.content.changing import Edit, Value, needs_second_person
from bot.content.content import Content
from bot.editor.deeds import Outcome, submit
from bot.editor.fact_forms import DoubtForm, FactForm, text_of
from bot.editor.fact_look import Look, look_at
from bot.editor.fact_page import row_of, titles_of
from bot.editor.facts_edits import (
    FIELDS,
    change_edits,
    doubting_edits,
    next_review,
    parsed,
    seen_values,
    source_edit,
    source_key,
)
from bot.editor.facts_page import WORDS
from bot.editor.facts_rows import FactRow
from bot.editor.frame import editors_only, page
from bot.editor.shelf import shelf
from bot.editor.workplace import author, place
from bot.facts import Confidence, FactValue, Unit
from bot.review import today
from referral.console.doing import CONFLICT

pages = Blueprint("fact_change", __name__, url_prefix="/editor/facts")
REACHED = (Unit.PHONE, Unit.EMAIL, Unit.ADDRESS, Unit.URL)  # behind these is somebody
Values = Mapping[str, FactValue]
SURE = (Confidence.CONFIRMED, Confidence.THEN)


@pages.get("/<name>/change", endpoint="change")
@editors_only
def change(name: str) -> ResponseReturnValue:
    """Show the form, filled in as the file is now."""
    content, row = _fact(name)
    seen = seen_values(place().locales, name)
    form = FactForm(formdata=None, data=_filled(row, seen))
    form.offer(_sources(content))
    return _page(row, form, seen)


@pages.post("/<name>/change", endpoint="look")
@editors_only
def look(name: str) -> ResponseReturnValue:
    """Show what the change will do, and then, when it was seen, make it or propose it."""
    content, row = _fact(name)
    form, seen = FactForm(), _seen()
    form.offer(_sources(content))
    if not form.validate() or not (form.source.data or _new_source(form)):
        flash(_("Nothing was changed: fill in source, date, day of the next check, and why you change it."), "refused")
        return _page(row, form, seen), CONFLICT
    wanted = _wanted(content, row, form)
    edits = _edits(content, row, form, seen, wanted)
    if request.form.get("step") != "save":
        changed = replace(row.fact, value=wanted["value"], confidence=Confidence(form.confidence.data))
        return _page(row, form, seen, look=look_at(content, changed, edits))
    outcome = submit(edits, form.reason.data)
    if outcome.is_done:
        return _done(outcome, name)
    now = {clash.edit.path[-1]: clash.now for clash in outcome.clashes if clash.edit.path[-1] in FIELDS}
    return _page(row, form, {**seen, **now}, outcome=outcome), CONFLICT


@pages.post("/<name>/doubt", endpoint="doubt")
@editors_only
def doubt(name: str) -> ResponseReturnValue:
    """Let the bot say below every answer that a fact is not confirmed, while nobody knows what is right."""
    _content, row = _fact(name)
    form = DoubtForm()
    if not form.validate():
        flash(_("Nothing was changed: say what you found out."), "refused")
        return redirect(url_for("fact_change.change", name=name, wrong=1))
    doubted = replace(row.fact, value=_seen().get("value"))
    outcome = submit(doubting_edits(place().locales, doubted, form.reason.data, today()), form.reason.data)
    if outcome.is_done:
        return _done(outcome, name)
    seen = seen_values(place().locales, name)
    form = FactForm(formdata=None, data=_filled(row, seen))
    form.offer(_sources(_content))
    return _page(row, form, seen, outcome=outcome), CONFLICT


def _fact(name: str) -> tuple[Content, FactRow]:
    content = shelf().content
    return content, row_of(content, name)


def _sources(content: Content) -> dict[str, str]:
    return {key: f"{source.name} ({source.date})" for key, source in content.facts.sources.items()}


def _filled(row: FactRow, seen: Mapping[str, Value]) -> dict[str, Any]:
    """Return what the form begins with: what the file has, and a new day for the next check."""
    texts = {field: text_of(value) for field, value in seen.items()}
    return {**texts, "review_by": next_review(row.fact.unit, today())}


def _seen() -> dict[str, FactValue]:
    """Return what the editor had before them; end with "bad request" when the form has lost it."""
    try:
        seen = json.loads(request.form.get("seen", ""))
        values = {field: seen[field] for field in FIELDS}
    except (ValueError, KeyError, TypeError):
        abort(400)
    if not all(isinstance(value, FactValue) for value in values.values()):
        abort(400)
    return values


def _wanted(content: Content, row: FactRow, form: FactForm) -> Values:
    """Return what the fact is to be by the form."""
    return {
        "value": parsed(form.value.data or "", row.fact.unit),
        "source": _source(content, form),
        "date": form.date.data.strip(),
        "confidence": form.confidence.data,
        "behind": form.behind.data or None,
        "review_by": form.review_by.data.isoformat(),
        "note": " ".join((form.note.data or "").split()) or None,
    }


def _source(content: Content, form: FactForm) -> str:
    """Return the key of the source that was typed, which may be there already, or else of the one that was chosen."""
    new = _new_source(form)
    if not new:
        return str(form.source.data)
    known = {source.name.casefold(): key for key, source in content.facts.sources.items()}
    return known.get(new.casefold()) or source_key(new, content.facts.sources)


def _edits(content: Content, row: FactRow, form: FactForm, seen: Values, wanted: Values) -> list[Edit]:
    edits = change_edits(
        place().locales,
        row.fact.name,
        seen,
        wanted,
        called=bool(form.called.data) and row.fact.unit is Unit.PHONE,
        login=author().login,
        today=today(),
    )
    source = str(wanted["source"])
    if source in content.facts.sources:
        return edits
    return [source_edit(source, _new_source(form), form.date.data.strip()), *edits]


def _new_source(form: FactForm) -> str:
    return " ".join((form.new_source.data or "").split())


def _page(
    row: FactRow,
    form: FactForm,
    seen: Mapping[str, Value],
    *,
    look: Look | None = None,
    outcome: Outcome | None = None,
) -> str:
    return page(
        "fact_change.html",
        row=row,
        form=form,
        doubt_form=DoubtForm(formdata=None),
        seen=json.dumps(seen, ensure_ascii=False),
        look=look,
        titles=titles_of(row) if look is not None else {},
        outcome=outcome,
        has_behind=row.fact.unit in REACHED,
        can_doubt=row.is_phone and row.fact.confidence in SURE,
        wrong="wrong" in request.args,
        second=needs_second_person(place().locales, [Edit("facts.yml", ("facts", row.fact.name, "value"), 0, 1)]),
        **WORDS,
    )


def _done(outcome: Outcome, name: str) -> ResponseReturnValue:
    """Lead to the change, which says when people read it, or back to the fact."""
    if outcome.change is not None:
        return redirect(url_for("changes.change", number=outcome.change.number))
    if outcome.proposal is not None:
        flash(_("Your change waits for a second editor. Until then people read what they read before."))
    else:
        flash(_("Nothing is different from what is in the files."))
    return redirect(url_for("fact.fact", name=name))
