"""Signing in and out, and the language of the pages."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.forms import SignInForm
from referral.console.language import LANGUAGES
from referral.db import session_scope
from referral.service.signing_in import begin_sign_in, finish_sign_in
from referral.service.staff import SignedIn

pages = Blueprint("enter", __name__)


@pages.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def enter() -> ResponseReturnValue:
    """Sign in; one message for every reason why it did not work."""
    form = SignInForm()
    if request.method == "POST":
        who = _try(form)
        if who is not None:
            _begin(who)
            return redirect(url_for("queue.home"))
        flash(_("Login or passphrase are wrong, or the account is locked for ten minutes."), "refused")
    return render_template("sign_in.html", form=form)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out and let the browser forget everything of this site."""
    console().sessions.close(session.get("id"))
    language = str(get_locale())
    session.clear()
    response = current_app.make_response(redirect(url_for("enter.sign_in", lang=language)))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@pages.post("/language/<code>")
def language(code: str) -> ResponseReturnValue:
    """Choose the language of the pages and go back to where the choice was made."""
    if code in LANGUAGES:
        session["language"] = code
    target = request.form.get("back", "")
    return redirect(target if _local(target) else url_for("queue.home"))


def _try(form: SignInForm) -> SignedIn | None:
    if not form.validate():
        return None
    home = console()
    # One at a time: each try takes up to 256 MiB and half a second on purpose, and no transaction waits for it.
    with home.sign_in_turn:
        with session_scope(home.engine) as db:
            attempt = begin_sign_in(db, login=form.login.data)
        private_key = attempt.unlock(form.passphrase.data)
        with session_scope(home.engine) as db:
            return finish_sign_in(db, attempt=attempt, private_key=private_key)


def _begin(who: SignedIn) -> None:
    """Begin a new session: nothing of the one before remains but the language."""
    language = session.get("language")
    console().sessions.close(session.get("id"))
    session.clear()
    session["id"], session["key"] = console().sessions.open(who)
    session["language"] = language
    session.permanent = True


def _local(target: str) -> bool:
    return target.startswith("/") and not target.startswith(("//", "/\\"))
