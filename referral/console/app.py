"""The application factory: wiring only."""

import datetime as dt
from pathlib import Path

from flask import Flask
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from sqlalchemy import Engine

from referral.console.errors import register_errors
from referral.console.headers import protect
from referral.console.labels import register_filters
from referral.console.language import LANGUAGES, Texts, choose
from referral.console.sessions import IDLE_MINUTES, Sessions
from referral.console.views import pages
from referral.keys import PublicFile

COOKIE = "korpu_session"


def create_app(*, engine: Engine, public: PublicFile, session_key: bytes, locales: Path) -> Flask:
    """Make the console for one organisation's database; it reads no environment."""
    app = Flask(__name__)
    app.secret_key = session_key
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(minutes=IDLE_MINUTES),
        MAX_CONTENT_LENGTH=256 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["korpu"] = {"engine": engine, "public": public, "sessions": Sessions()}
    CSRFProtect(app)
    Babel(app, locale_selector=choose).domain_instance = Texts(locales)
    app.jinja_env.globals.update(public=public, languages=LANGUAGES, get_locale=get_locale)
    register_filters(app)
    app.register_blueprint(pages)
    register_errors(app)
    protect(app)
    return app
