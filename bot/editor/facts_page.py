"""All facts in one table: what people report, what is due, who shows it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale

from bot.content.changing import Value
from bot.content.content import Content
from bot.editor.facts_rows import FactRow, Show
from bot.editor.facts_shown import ShownLine, lines_with
from bot.editor.facts_words import BEHIND, CONFIDENCE, FIELDS, IN_ORDER, MARKS, SHOWS, UNITS
from bot.editor.frame import editors_only, page
from bot.editor.reminders import reminders, rows_of
from bot.editor.shelf import shelf, shelf_if_readable
from referral.console.headers import with_script

pages = Blueprint("facts", __name__, url_prefix="/editor/facts")
NOTHING = "–"


def say(key: str, value: Value) -> str:
    """Return a value of a fact's entry as people read it: not "weak", but what that means."""
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):  # a new source, whole
        return ", ".join(map(str, value.values()))
    if key == "source":
        held = shelf_if_readable()
        sources = held.content.facts.sources if held is not None else {}
        return sources[str(value)].name if value in sources else str(value).replace("_", " ")
    return str({"confidence": CONFIDENCE, "behind": BEHIND}.get(key, {}).get(str(value), value))


WORDS = {
    "say": say,
    "marks": MARKS,
    "in_order": IN_ORDER,
    "units": UNITS,
    "behind": BEHIND,
    "confidence": CONFIDENCE,
    "fields": FIELDS,
}


@dataclass(frozen=True)
class Listed:
    """A row as the table shows it: value and source as people read them, and the first line that has the value."""

    row: FactRow
    value: str
    source: str
    line: ShownLine | None


@pages.get("", endpoint="facts")
@editors_only
@with_script
def facts() -> ResponseReturnValue:
    """Show the facts of one kind that have the words that are looked for."""
    content = shelf().content
    show, words = _chosen(request.args.get("show")), request.args.get("words", "").strip()
    rows = rows_of(content)
    return page(
        "facts.html",
        listed=[_listed(content, row) for row in rows if row.fits(show, words)],
        counts={one: sum(row.fits(one, "") for row in rows) for one in Show},
        shows=SHOWS,
        show=show,
        words=words,
        **WORDS,
    )


@pages.get("/signs", endpoint="signs")
@editors_only
def signs() -> ResponseReturnValue:
    """Return what changes when there is news, for the page that asks by itself."""
    return Response(reminders().signs, mimetype="text/plain")


@pages.app_template_filter("short_day")
def short_day(value: dt.date) -> str:
    """Return a day in few letters, for a table."""
    return str(format_date(value, "d MMM y", rebase=False))


def shown_value(content: Content, row: FactRow) -> str:
    """Return the value as people of the page's language read it, nothing for a fact that has none."""
    return "" if row.fact.value is None else content.facts.render(row.fact.name, str(get_locale()))


def source_name(content: Content, row: FactRow) -> str:
    """Return the name of the source in the page's language, nothing when the fact has none."""
    translated = content.locales.translations.get(str(get_locale()), {})
    return "" if row.source is None else translated.get(f"source/{row.fact.source}", row.source.name)


def _listed(content: Content, row: FactRow) -> Listed:
    line = next(lines_with(content.locales, row.fact.name, str(get_locale())), None)
    return Listed(row, shown_value(content, row), source_name(content, row), line)


def _chosen(value: str | None) -> Show:
    return Show(value) if value in set(Show) else Show.ALL
