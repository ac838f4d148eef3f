"""Headers on every answer: nothing foreign is loaded, nothing is kept, no page is framed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, g
from flask.typing import ResponseReturnValue

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SCRIPTS = "; script-src 'self'; connect-src 'self'"  # of pages that ask for it: our own files, never words in a page
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def protect(app: Flask) -> None:
    """Set the headers on every answer of the application."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        if g.get("has_script"):
            response.headers["Content-Security-Policy"] = f"{POLICY}{SCRIPTS}"
        return response


def with_script(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let a page load scripts from this site; what it shows must be escaped all the same."""

    @wraps(view)
    def allowed(**values: Any) -> ResponseReturnValue:
        g.has_script = True
        return view(**values)

    return allowed
