"""The forms; labels on every field, CSRF on every one.

A long text is always called `text`, so that it can be given back when its form is refused (kept.py).
"""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from referral.console.words import LABELS

MOST_CHARACTERS = 3500  # one Telegram message with its frame, counted as Telegram counts
MOST_REASON = 500
NO_WINDOW = "none"  # nothing goes to the chat: it waits until they come with their code


def one_line_ends(text: str | None) -> str | None:
    """Browsers send CRLF; the person gets what was written."""
    return None if text is None else text.replace("\r\n", "\n").strip()


def fits(text: str) -> bool:
    """Tell whether a text fits into one Telegram message (UTF-16 units: an emoji counts twice)."""
    return len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def choices_of(group: str) -> list[tuple[str, Any]]:
    """Return a group of words as the choices of a field."""
    return list(LABELS[group].items())


def select(label: Any, group: str) -> Any:
    """Return a field in which one of a group must be chosen; nothing is chosen beforehand."""
    return SelectField(label, choices=[("", _("choose")), *choices_of(group)], validators=[InputRequired()])


def window_field() -> Any:
    """Return the field for the time of day that a caseworker reads out of the person's own words."""
    windows = [("", _("choose")), *choices_of("safe_time"), (NO_WINDOW, _("write nothing to the chat"))]
    return SelectField(_("When is it safe, by the person's own words?"), choices=windows, default="")


def chosen_window(value: str | None) -> str | None:
    """Return the window of a form as the services take it."""
    return value if value and value != NO_WINDOW else None


class SignInForm(FlaskForm):
    """Sign in."""

    login = StringField(_("Login"), validators=[DataRequired(), Length(max=80)])
    passphrase = PasswordField(_("Passphrase"), validators=[DataRequired(), Length(max=200)])


class ReplyForm(FlaskForm):
    """A reply to the person; `seen` is what the writer had before them."""

    text = TextAreaField(_("Your reply"), validators=[DataRequired()], filters=[one_line_ends])
    window = window_field()
    seen = HiddenField()

    def validate_text(self, field: Any) -> None:
        """Refuse what would not fit into one message."""
        if not fits(field.data or ""):
            raise ValidationError


class StatusForm(FlaskForm):
    """A step of the case; `seen` is the state in which the writer saw it."""

    to = SelectField(_("New state"), choices=[], validators=[DataRequired()])
    reason = StringField(_("Reason (needed for a rejection)"), validators=[Length(max=MOST_REASON)])
    seen = HiddenField()
