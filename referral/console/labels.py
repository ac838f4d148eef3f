"""Words for values: topics, urgency, ages; and times as people in Baku read them."""

import datetime as dt

from babel import Locale, UnknownLocaleError
from flask import Flask
from flask_babel import format_date, format_datetime, lazy_gettext, ngettext

from referral.safe_contact import BAKU

DAY, MOMENT = "d MMMM y", "d MMMM y, HH:mm"
LABELS = {
    "topic": {
        "trafficking": lazy_gettext("Forced work, trafficking"),
        "work": lazy_gettext("Work and pay"),
        "discrimination": lazy_gettext("Discrimination"),
        "health": lazy_gettext("Health"),
        "stay": lazy_gettext("Papers and stay"),
        "violence": lazy_gettext("Violence"),
        "other": lazy_gettext("Other"),
    },
    "urgency": {
        "danger": lazy_gettext("Danger"),
        "concern": lazy_gettext("Concern"),
        "normal": lazy_gettext("Normal"),
    },
    "gender": {
        "woman": lazy_gettext("a woman"),
        "man": lazy_gettext("a man"),
        "any": lazy_gettext("no matter"),
    },
    "age": {
        "under_18": lazy_gettext("under 18"),
        "18_24": "18–24",
        "25_59": "25–59",
        "60_plus": lazy_gettext("60 or older"),
    },
    "contact": {
        "push": lazy_gettext("the bot may write to them"),
        "pull": lazy_gettext("they ask with their code"),
    },
    "safe_time": {
        "any": lazy_gettext("at any time"),
        "morning": lazy_gettext("mornings (8 to 12)"),
        "day": lazy_gettext("afternoons (12 to 18)"),
        "evening": lazy_gettext("evenings (18 to 22)"),
    },
    "status": {
        "new": lazy_gettext("new"),
        "accepted": lazy_gettext("taken"),
        "in_progress": lazy_gettext("in progress"),
        "done": lazy_gettext("closed"),
        "rejected": lazy_gettext("rejected"),
        "revoked": lazy_gettext("taken back by the person"),
    },
    "delivery": {
        "waiting_push": lazy_gettext("on its way to the chat"),
        "waiting_pull": lazy_gettext("waits until they come with their code"),
        "sent": lazy_gettext("sent to the chat"),
        "read": lazy_gettext("read with the code"),
        "withheld": lazy_gettext("NOT sent: nobody has read their own words about safe times. It waits for their code"),
        "failed": lazy_gettext("NOT delivered: the chat is gone or the bot is blocked. It waits for their code"),
        "expired": lazy_gettext("NOT delivered in time. It waits for their code"),
    },
    "field": {
        "narrative": lazy_gettext("What happened"),
        "place": lazy_gettext("Where, roughly"),
        "reason": lazy_gettext("Reason"),
    },
    "purpose": {"answer and help": lazy_gettext("to answer and to look for help")},
}


def register_filters(app: Flask) -> None:
    """Make the words and times usable in templates."""
    app.jinja_env.filters.update(word=word, day=day, moment=moment, clock=clock, age=waiting)


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
    minutes = max(0, int((dt.datetime.now(tz=dt.UTC) - since).total_seconds() // 60))
    if minutes < 60:
        return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    if minutes < 48 * 60:
        return str(ngettext("%(num)d hour", "%(num)d hours", minutes // 60))
    return str(ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60)))
