"""Errors as pages that say what to do; nothing of a case is in them or in the log."""

import logging
import traceback

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from referral.console.kept import kept_text
from referral.console.reasons import reason
from referral.errors import CaseNotFound, ForgedRecord, KeyListError, NotPermitted, SealBroken, UnknownOrganisation

logger = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(403, forbidden)
    app.register_error_handler(NotPermitted, not_permitted)
    for forged in (ForgedRecord, KeyListError, SealBroken, UnknownOrganisation):
        app.register_error_handler(forged, not_to_be_believed)
    app.register_error_handler(404, not_found)
    app.register_error_handler(CaseNotFound, not_found)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(SQLAlchemyError, no_database)
    app.register_error_handler(Exception, broken)


def stale_form(_error: CSRFError) -> ResponseReturnValue:
    """Say that a form comes from an old or a foreign page."""
    advice = _("Nothing was sent and nothing was changed. Load the page again, then repeat it.")
    return _page(_("This form is too old."), advice, 400)


def forbidden(_error: Exception) -> ResponseReturnValue:
    """Say that this person may not do it."""
    return _page(_("You may not do this."), _("Ask your supervisor if you think that you should."), 403)


def not_permitted(error: NotPermitted) -> ResponseReturnValue:
    """Say that this person's role does not include it, and why."""
    return _page(_("You may not do this."), reason(error), 403)


def not_to_be_believed(error: Exception) -> ResponseReturnValue:
    """Say that a key or a signature is not what it should be: somebody may have changed the database."""
    logger.error("A key or a signature cannot be believed: %s at %s", type(error).__name__, _place(error))
    advice = _(
        "A key or a signature is not what it should be. Nothing was changed. Do not use this case, and tell the person "
        "who runs Körpü at once."
    )
    return _page(_("Do not use this case."), advice, 409)


def not_found(_error: Exception) -> ResponseReturnValue:
    """Say that there is nothing here for this person; another organisation's case looks the same."""
    return _page(_("There is no such page or case."), _("It may have been closed, erased or taken back."), 404)


def refused(error: HTTPException) -> ResponseReturnValue:
    """Say that a request cannot be served; a redirection is none of these."""
    if error.code is None or error.code < 400:
        return error.get_response()
    advice = _("Nothing was changed. Go back to the requests and try it from there.")
    return _page(_("This is not possible."), advice, error.code)


def no_database(error: SQLAlchemyError) -> ResponseReturnValue:
    """Say that the database refused; its message would name tables and values, so only its kind is logged."""
    logger.error("The database refused: %s at %s", type(error).__name__, _place(error))
    return _page(_("The database does not answer."), _("Nothing was changed. Try again in a minute."), 503)


def broken(error: Exception) -> ResponseReturnValue:
    """Say that the console has a fault; an error's message may quote a case, so only kind and place are logged."""
    logger.error("A page failed: %s at %s", type(error).__name__, _place(error))
    advice = _("Nothing was changed. Try again; if it stays so, tell the person who runs the console.")
    return _page(_("The console has made a mistake."), advice, 500)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/site-packages/" not in frame.filename] or frames
    return f"{own[-1].filename}:{own[-1].lineno}" if own else "an unknown place"


def _page(title: str, advice: str, status: int) -> ResponseReturnValue:
    return render_template("error.html", title=title, advice=advice, kept=kept_text()), status
