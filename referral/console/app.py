"""The application factory: wiring only."""

import datetime as dt
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect
from sqlalchemy import Engine

from referral.console import (
    assessing,
    cases,
    consents,
    context,
    counting,
    directory_page,
    enter,
    exporting,
    health,
    notes,
    owner,
    queue,
    referring,
    supervision,
)
from referral.console.cookies import NAME, SessionCookie
from referral.console.errors import register_errors
from referral.console.extension import Extension
from referral.console.headers import protect
from referral.console.key_list import KeyList
from referral.console.labels import register_filters
from referral.console.language import Texts, choose
from referral.console.page_parts import register_parts
from referral.console.sessions import IDLE_MINUTES
from referral.console.shown import read_shown
from referral.released import Followed

MOST_BYTES = 256 * 1024  # of one form
PARTS = (
    health,
    enter,
    queue,
    cases,
    notes,
    assessing,
    owner,
    consents,
    referring,
    exporting,
    supervision,
    counting,
    directory_page,
)


def create_app(
    *,
    engine: Engine,
    data_dir: Path,
    session_key: bytes,
    locales: Path,
    extensions: tuple[Extension, ...] = (),
) -> Flask:
    """Make the console; it reads no environment. `extensions` are further pages, of other packages.

    The signed list of keys is read from `data_dir`, and again whenever it changes there: raise as `read_public` does.
    So are the editors' files, from their newest release there; from `locales` while there is none.
    Statistics are kept there, and made with the secret `statistics_key`.
    Raise `DirectoryError` when the directory of providers is not of its form.
    """
    app = Flask(__name__)
    app.secret_key = session_key
    app.session_interface = SessionCookie()
    app.config.update(
        SESSION_COOKIE_NAME=NAME,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(minutes=IDLE_MINUTES),
        MAX_CONTENT_LENGTH=MOST_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # it would want the referrer that our own policy withholds
    )
    shown = Followed(data_dir, locales, read_shown)
    app.extensions[context.NAME] = context.Console(
        engine=engine,
        data_dir=data_dir,
        keys=KeyList(data_dir),
        shown=shown,
        locales=locales,
        places=tuple(place for extension in extensions for place in extension.places),
        counts={endpoint: count for extension in extensions for endpoint, count in extension.counts.items()},
    )
    CSRFProtect(app)
    Babel(app, locale_selector=choose).domain_instance = Texts(lambda: shown.current().texts)
    register_parts(app)
    register_filters(app)
    for pages in (*(part.pages for part in PARTS), *(pages for added in extensions for pages in added.pages)):
        app.register_blueprint(pages)
    register_errors(app)
    protect(app)
    return app
