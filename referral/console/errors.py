"""Errors as pages that say what to do; nothing of a case is in them."""

import logging

from flask import Flask, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from referral.errors import CaseNotFound

logger = logging.getLogger(__name__)
Answer = tuple[str, int]


def register_errors(app: Flask) -> None:
    """Register the pages."""

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> Answer:
        return _page(_("This form is too old."), _("Go back, load the page again, then send it once more."), 400)

    @app.errorhandler(404)
    @app.errorhandler(CaseNotFound)
    def not_found(_error: Exception) -> Answer:
        return _page(_("There is no such page or case."), _("It may have been closed, erased or taken back."), 404)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Answer:
        return _page(_("This is not possible."), error.name, error.code or 400)

    @app.errorhandler(SQLAlchemyError)
    def no_database(error: SQLAlchemyError) -> Answer:
        logger.error("The database refused: %s", type(error).__name__)
        return _page(_("The database does not answer."), _("Nothing was changed. Try again in a minute."), 503)


def _page(title: str, advice: str, status: int) -> Answer:
    return render_template("error.html", title=title, advice=advice), status
