"""The forms; labels on every field, CSRF on every one."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

MOST_CHARACTERS = 3500  # one Telegram message with its frame, counted as Telegram counts
MOST_REASON = 500


def _one_line_ends(text: str | None) -> str | None:
    """Browsers send CRLF; the person gets what was written."""
    return None if text is None else text.replace("\r\n", "\n").strip()


def fits(text: str) -> bool:
    """Tell whether a text fits into one Telegram message (UTF-16 units: an emoji counts twice)."""
    return len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


class SignInForm(FlaskForm):
    """Sign in."""

    login = StringField(_("Login"), validators=[DataRequired(), Length(max=80)])
    passphrase = PasswordField(_("Passphrase"), validators=[DataRequired(), Length(max=200)])


class ReplyForm(FlaskForm):
    """A reply to the person; `seen` is what the writer had before them."""

    text = TextAreaField(_("Your reply"), validators=[DataRequired()], filters=[_one_line_ends])
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
