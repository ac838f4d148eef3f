"""Filters of the templates: words for values, and times as people in Baku read them."""

import datetime as dt

from babel import Locale, UnknownLocaleError
from flask import Flask
from flask_babel import format_date, format_datetime, gettext, ngettext
from jinja2 import pass_context
from jinja2.runtime import Context

from referral.console.words import LABELS
from referral.safe_contact import BAKU

DAY, MOMENT = "d MMMM y", "d MMMM y, HH:mm"
SIDES = ("status", "sharing", "basis", "hold", "detail")  # groups whose words stand as details in the log


def register_filters(app: Flask) -> None:
    """Make the words and times usable in templates."""
    app.jinja_env.filters.update(
        word=_word, day=day, moment=moment, clock=clock, age=waiting, span=span, answer=yes_or_no
    )


@pass_context
def _word(_page: Context, value: str | None, group: str) -> str:
    """Look a word up for each page: Jinja would fold a constant into the language of its first reader."""
    return word(value, group)


def word(value: str | None, group: str) -> str:
    """Return the word for a value; the value itself when there is none."""
    if group == "language":
        return _language(value or "")
    return str(LABELS[group].get(value or "", value or ""))


def _language(code: str) -> str:
    """Return a language's own name, whichever the bot may serve."""
    try:
        return str(Locale.parse(code).get_display_name(code)).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def day(value: dt.date) -> str:
    """Return a day in words."""
    return str(format_date(value, DAY, rebase=False))


def moment(value: str | dt.datetime | None) -> str:
    """Return a moment in Baku's time; what is not a moment is shown as it is."""
    if not value:
        return ""
    try:
        parsed = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return str(format_datetime(parsed.astimezone(BAKU), MOMENT, rebase=False))


def clock(value: dt.datetime) -> str:
    """Return the hour and minute in Baku."""
    return f"{value.astimezone(BAKU):%H:%M}"


def waiting(since: dt.datetime) -> str:
    """Return for how long somebody has waited."""
    return span(dt.datetime.now(tz=dt.UTC) - since)


def span(length: dt.timedelta) -> str:
    """Return a length of time in words."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    if minutes < 48 * 60:
        return str(ngettext("%(num)d hour", "%(num)d hours", minutes // 60))
    return str(ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60)))


def yes_or_no(value: bool | None) -> str:
    """Return the words for what is known, or is not."""
    if value is None:
        return str(gettext("not known"))
    return str(gettext("yes") if value else gettext("no"))


def detail(text: str) -> str:
    """Return the words for a detail of the log: a state, a reason of a list, or the text itself."""
    return next((str(LABELS[group][text]) for group in SIDES if text in LABELS[group]), text)
