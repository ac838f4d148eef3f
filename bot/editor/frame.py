"""What every page of the editors shows: where one may go, and what of the files on disk could not go live."""

import datetime as dt
from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.finding import Finding
from bot.content.live.state import Refused, StateError, read_state
from bot.content.messages import Messages, load_messages
from bot.editor.facts_words import FIELDS
from bot.editor.reminders import again, reminders, waiting
from bot.editor.sections import SECTIONS
from bot.editor.shelf import NAME, Shelves, Unreadable
from bot.editor.stars import advice_with_stars, with_stars
from bot.editor.words import OTHER_PARTS, PARTS
from bot.editor.workplace import place
from referral.console.doing import CONFLICT
from referral.console.guard import View, permitted
from referral.permissions import May
from referral.safe_contact import BAKU

pages = Blueprint("editor", __name__, template_folder="templates", static_folder="static", url_prefix="/editor")
pages.record(lambda state: state.app.extensions.setdefault(NAME, Shelves()))
MOST_FINDINGS = 20


def editors_only(view: View) -> View:
    """Let only those see a page who may change texts."""
    return permitted(May.EDIT_CONTENT)(view)


def page(template: str, **values: Any) -> str:
    """Return a page of `templates/editor`."""
    common = {
        "sections": [(endpoint, url_for(endpoint), str(title), waiting(endpoint)) for endpoint, title in SECTIONS],
        "reminders": reminders(),
        "again": again(),
        "refused": _refused(),
        "most_findings": MOST_FINDINGS,
    }
    return part(template, **{**common, **values})


def part(template: str, **values: Any) -> str:
    """Return a piece of a page."""
    return render_template(f"editor/{template}", **values)


@pages.app_errorhandler(Unreadable)
def unreadable(error: Unreadable) -> ResponseReturnValue:
    """Say, whatever page was asked for, which file cannot be read and why."""
    return page("unreadable.html", findings=error.findings), CONFLICT


@pages.app_template_filter("said")
def said(finding: Finding) -> tuple[str, str]:
    """Return what a finding says is wrong, and how to mend it, in the language of the page."""
    wrong, mend = _messages(str(get_locale())).of(finding)
    return advice_with_stars(wrong), advice_with_stars(mend)


@pages.app_template_filter("second")
def second(time: dt.datetime) -> str:
    """Return a time of day in Baku to the second."""
    return f"{time.astimezone(BAKU):%H:%M:%S}"


@pages.app_template_filter("part_name")
def part_name(of: tuple[str, str]) -> str:
    """Return what a part of a text is called, or the name itself, by its kind and name."""
    kind, name = of
    return str({**PARTS.get(kind, {}), **FIELDS, **OTHER_PARTS}.get(name, name))


pages.add_app_template_filter(with_stars, "stars")


@lru_cache
def _messages(language: str) -> Messages:
    return load_messages(language)


def _refused() -> Refused | None:
    """Return what the keeper of content could not let go live."""
    try:
        return read_state(place().data_dir).refused
    except StateError:
        return None
