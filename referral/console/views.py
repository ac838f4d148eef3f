"""The pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Engine

from referral.console.case_page import arrange
from referral.console.forms import EmptyForm, ReplyForm, SignInForm, StatusForm
from referral.console.labels import word
from referral.console.language import LANGUAGES
from referral.console.sessions import Sessions
from referral.db import session_scope
from referral.enums import ReferralStatus
from referral.errors import CaseClosed, TransitionRefused
from referral.keys import PublicFile
from referral.lifecycle import BY_STAFF, OPEN
from referral.service.casework import change_status, claim, read_case, reply
from referral.service.queue import QueueEntry, open_queue
from referral.service.staff import SignedIn, sign_in

pages = Blueprint("pages", __name__)
View = Callable[..., ResponseReturnValue]
TABS = ("waiting", "mine", "all", "closed")


def _engine() -> Engine:
    engine: Engine = current_app.extensions["korpu"]["engine"]
    return engine


def _public() -> PublicFile:
    public: PublicFile = current_app.extensions["korpu"]["public"]
    return public


def _sessions() -> Sessions:
    sessions: Sessions = current_app.extensions["korpu"]["sessions"]
    return sessions


def signed_in_only(view: View) -> View:
    """Let only signed-in staff see a page; everybody else is sent to sign in."""

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        who = _sessions().get(session.get("id"), session.get("key"))
        if who is None:
            session.pop("id", None)
            session.pop("key", None)
            return redirect(url_for("pages.enter"))
        g.who = who
        return view(**values)

    return guarded


@pages.get("/health")
def health() -> ResponseReturnValue:
    """Tell the supervisor that the console serves."""
    return {"healthy": True}


@pages.get("/")
@signed_in_only
def home() -> ResponseReturnValue:
    """Lead to the queue."""
    return redirect(url_for("pages.queue"))


@pages.route("/sign-in", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Sign in; one message for every reason why it did not work."""
    form = SignInForm()
    if form.validate_on_submit():
        with session_scope(_engine()) as db:
            who = sign_in(db, login=form.login.data, passphrase=form.passphrase.data)
        if who is not None:
            language = session.get("language")
            session.clear()
            session["id"], session["key"] = _sessions().open(who)
            session["language"] = language
            session.permanent = True
            return redirect(url_for("pages.queue"))
        flash(_("Login or passphrase are wrong, or the account is locked for ten minutes."))
    return render_template("sign_in.html", form=form)


@pages.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign out and let the browser forget everything of this site."""
    _sessions().close(session.get("id"))
    session.clear()
    response = current_app.make_response(redirect(url_for("pages.enter")))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@pages.post("/language/<code>")
def language(code: str) -> ResponseReturnValue:
    """Choose the console's language."""
    if code in LANGUAGES:
        session["language"] = code
    return redirect(request.form.get("back") if _local(request.form.get("back")) else url_for("pages.home"))


@pages.get("/queue")
@signed_in_only
def queue() -> ResponseReturnValue:
    """Show who waits: danger first, then the longest waiting."""
    with session_scope(_engine()) as db:
        entries = open_queue(db, signed_in=g.who)
    tab = request.args.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    shown = [entry for entry in entries if _belongs(entry, tab, g.who)]
    counts = {name: sum(_belongs(entry, name, g.who) for entry in entries) for name in TABS}
    return render_template("queue.html", entries=shown, tab=tab, counts=counts, form=EmptyForm())


@pages.post("/case/<uuid:case_id>/claim")
@signed_in_only
def take(case_id: UUID) -> ResponseReturnValue:
    """Take a case; say who has it when somebody was faster."""
    with session_scope(_engine()) as db:
        won = claim(db, signed_in=g.who, case_id=case_id)
        owner = (
            None
            if won
            else next((e.owner_login for e in open_queue(db, signed_in=g.who) if e.case_id == case_id), None)
        )
    if won:
        return redirect(url_for("pages.case", case_id=case_id))
    flash(_("%(who)s took this case a moment ago.", who=owner or _("Somebody")))
    return redirect(url_for("pages.queue"))


@pages.get("/case/<uuid:case_id>")
@signed_in_only
def case(case_id: UUID) -> ResponseReturnValue:
    """Show a case; the reading is written into the log first."""
    return _case_page(case_id, ReplyForm())


@pages.post("/case/<uuid:case_id>/reply")
@signed_in_only
def answer(case_id: UUID) -> ResponseReturnValue:
    """Send a reply on its way."""
    form = ReplyForm()
    if not form.validate_on_submit():
        flash(_("Nothing was sent. A reply needs between 1 and 3500 characters."))
        return _case_page(case_id, form)
    try:
        with session_scope(_engine()) as db:
            reply(
                db,
                signed_in=g.who,
                case_id=case_id,
                text=form.text.data,
                relay_public_key=_public().relay_public_key,
            )
    except CaseClosed:
        flash(_("Nothing was sent: this case is closed. Open it again first."))
        return _case_page(case_id, form)
    flash(_("Your reply is on its way."))
    return redirect(url_for("pages.case", case_id=case_id))


@pages.post("/case/<uuid:case_id>/status")
@signed_in_only
def status(case_id: UUID) -> ResponseReturnValue:
    """Move a case along."""
    form = StatusForm()
    try:
        with session_scope(_engine()) as db:
            change_status(
                db,
                signed_in=g.who,
                case_id=case_id,
                to=ReferralStatus(form.to.data),
                reason=form.reason.data or "",
                seen=ReferralStatus(form.seen.data),
            )
    except (TransitionRefused, ValueError):
        flash(_("Nothing was changed: somebody else has changed this case, or a reason is missing."))
    else:
        flash(_("The case is now: %(state)s.", state=word(form.to.data, "status")))
    return redirect(url_for("pages.case", case_id=case_id))


def _case_page(case_id: UUID, form: ReplyForm) -> ResponseReturnValue:
    with session_scope(_engine()) as db:
        opened = read_case(db, signed_in=g.who, case_id=case_id, verify_key=_public().bot_verify_key)
    steps = StatusForm(seen=opened.status.value)
    steps.to.choices = [(to.value, word(to.value, "status")) for to in sorted(BY_STAFF[opened.status])]
    return render_template(
        "case.html",
        case=opened,
        view=arrange(opened),
        form=form,
        steps=steps,
        is_open=opened.status in OPEN,
        can_claim=opened.status is ReferralStatus.NEW,
        button=EmptyForm(),
    )


def _belongs(entry: QueueEntry, tab: str, who: SignedIn) -> bool:
    open_case = entry.status in OPEN
    match tab:
        case "waiting":
            return open_case and (entry.owner_id is None or (entry.owner_id == who.staff_id and entry.unanswered))
        case "mine":
            return open_case and entry.owner_id == who.staff_id
        case "closed":
            return not open_case
        case _:
            return open_case


def _owner(entries: list[QueueEntry], case_id: UUID) -> str | None:
    return next((entry.owner_login for entry in entries if entry.case_id == case_id), None)


def _local(target: str | None) -> bool:
    return bool(target) and str(target).startswith("/") and not str(target).startswith(("//", "/\\"))
