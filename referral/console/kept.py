"""What somebody had typed when a form was refused: given back to be copied, because nothing may be lost."""

from flask import request


def kept_text() -> str | None:
    """Return the reply of a refused form; None when another site sent the form, so that it cannot put words here."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return None
    return request.form.get("text") or None
