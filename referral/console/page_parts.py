"""What every page shows: whose console it is, where one may go, and what everybody must know."""

from typing import Any

from flask import Flask, g, url_for
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.key_list import Trouble
from referral.console.labels import day, detail
from referral.console.language import LANGUAGES, way_back
from referral.console.names import organisation_name, own_name, recipient_name
from referral.permissions import May, may
from referral.service.common import today

PLACES = (
    ("queue.queue", May.WORK, lazy_gettext("Requests")),
    ("directory.directory", None, lazy_gettext("Directory")),
    ("statistics.statistics", May.STATISTICS, lazy_gettext("Statistics")),
    ("supervision.settings", May.SET_DEADLINES, lazy_gettext("Settings")),
)


def register_parts(app: Flask) -> None:
    """Give every template what it needs."""
    app.jinja_env.globals.update(languages=LANGUAGES, get_locale=get_locale, way_back=way_back)
    app.jinja_env.filters.update(organisation=organisation_name, recipient=recipient_name, detail=detail)
    app.context_processor(_parts)


def _parts() -> dict[str, Any]:
    return {
        "demo": console().public.demo,
        "own_name": own_name(),
        "places": _places(),
        "key_news": g.get("key_news", []),
        "list_trouble": _list_trouble(),
    }


def _places() -> list[tuple[str, str, str, int]]:
    """Return where who is signed in may go: endpoint, address, title, and how many things wait there."""
    who = g.get("who")
    if who is None:
        return []
    return [
        (endpoint, url_for(endpoint), str(title), console().counts[endpoint]() if endpoint in console().counts else 0)
        for endpoint, what, title in (*PLACES, *console().places)
        if what is None or may(who.role, what)
    ]


def _list_trouble() -> str:
    """Return what supervisors must know of the signed list of keys."""
    who = g.get("who")
    if who is None or not may(who.role, May.SET_DEADLINES):
        return ""
    match console().keys.trouble(today=today()):
        case Trouble.REFUSED:
            return str(
                _(
                    "A new list of keys cannot be believed, and the one before is used. Tell the person who runs Körpü "
                    "at once: somebody may have changed it."
                )
            )
        case Trouble.EXPIRED:
            last = day(console().public.manifest.expires)
            return str(_("The list of keys ended on %(day)s. The person who runs Körpü must sign it anew.", day=last))
        case _:
            return ""
