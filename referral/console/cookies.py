"""The session cookie: plain on loopback, bound to the host and to TLS when the console is served over https."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

NAME = "korpu_session"


class SessionCookie(SecureCookieSessionInterface):
    """Decide by the request: with `__Host-` browsers refuse the cookie from any other place."""

    def get_cookie_name(self, app: Flask) -> str:
        """Return the cookie's name."""
        return f"__Host-{NAME}" if request.is_secure else NAME

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie may only travel over https."""
        return request.is_secure
