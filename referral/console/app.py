"""The application factory: wiring only."""

import datetime as dt
from pathlib import Path

from flask import Flask
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from sqlalchemy import Engine

from referral.console import cases, context, enter, health, queue
from referral.console.cookies import NAME, SessionCookie
from referral.console.errors import register_errors
from referral.console.headers import protect
from referral.console.labels import register_filters
from referral.console.language import LANGUAGES, Texts, choose, way_back
from referral.console.sessions import IDLE_MINUTES
from referral.published import PublicFile

MOST_BYTES = 256 * 1024  # of one form


def create_app(*, engine: Engine, public: PublicFile, session_key: bytes, locales: Path) -> Flask:
    """Make the console for one organisation's database; it reads no environment."""
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
    app.extensions[context.NAME] = context.Console(engine=engine, public=public)
    CSRFProtect(app)
    Babel(app, locale_selector=choose).domain_instance = Texts(locales)
    app.jinja_env.globals.update(public=public, languages=LANGUAGES, get_locale=get_locale, way_back=way_back)
    register_filters(app)
    for part in (health, enter, queue, cases):
        app.register_blueprint(part.pages)
    register_errors(app)
    protect(app)
    return app
