"""Who may see a page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.kept import kept_text
from referral.db import session_scope
from referral.permissions import May, require
from referral.service.common import now
from referral.service.key_events import key_events
from referral.service.staff import SignedIn, is_active

View = Callable[..., ResponseReturnValue]
NEWS = dt.timedelta(days=30)  # for so long everybody is told what happened to the key
AUTOMATIC = "auto"  # the queue's own refresh carries this: it must not keep an empty chair signed in


def signed_in_only(view: View) -> View:
    """Let only signed-in staff see a page; everybody else is sent to sign in."""

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        who = _who()
        if who is None:
            return _signed_out()
        g.who = who
        return view(**values)

    return guarded


def permitted(what: May) -> Callable[[View], View]:
    """Let only signed-in staff see a page whose role includes something; the others get a page that says so."""

    def decorate(view: View) -> View:
        @signed_in_only
        @wraps(view)
        def checked(**values: Any) -> ResponseReturnValue:
            require(g.who.role, what)
            return view(**values)

        return checked

    return decorate


def _who() -> SignedIn | None:
    home = console()
    used = request.method != "GET" or AUTOMATIC not in request.args
    who = home.sessions.get(session.get("id"), session.get("key"), used=used)
    if who is None:
        return None
    with session_scope(home.engine) as db:
        if is_active(db, signed_in=who):
            g.key_news = key_events(db, signed_in=who, since=now() - NEWS)
            return replace(who, trust=home.trust)
    home.sessions.close(session.get("id"))
    return None


def _signed_out() -> ResponseReturnValue:
    had_session = session.pop("id", None) is not None
    session.pop("key", None)
    if request.method == "POST":
        page = render_template(
            "error.html",
            title=_("You are signed out."),
            advice=_("Nothing was sent and nothing was changed. Sign in again, then repeat it."),
            kept=kept_text(),
        )
        return page, 403
    if had_session:
        flash(_("You were signed out because the console was not used for 30 minutes."))
    return redirect(url_for("enter.sign_in"))
