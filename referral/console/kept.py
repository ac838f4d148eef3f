"""What somebody had typed when a form was refused: given back to be copied, because nothing may be lost."""

from flask import request

from referral.console.assessment_boxes import filled_in


def kept_text() -> str | None:
    """Return what a refused form held; None when another site sent the form, so that it cannot put words here."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return None
    return request.form.get("text") or _texts() or filled_in(request.form) or None


def _texts() -> str:
    """Return the texts of a form that has one a language: `text-az`, `text-ru`."""
    return "\n\n".join(text for name, text in request.form.items() if name.startswith("text-") and text.strip())
