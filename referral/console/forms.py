"""The forms; labels on every field, CSRF on every one."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

MOST_CHARACTERS = 3500  # one Telegram message with its frame


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Sign in."""

    login = StringField(_("Login"), validators=[DataRequired(), Length(max=80)])
    passphrase = PasswordField(_("Passphrase"), validators=[DataRequired(), Length(max=200)])


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A button."""


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """A reply to the person."""

    text = TextAreaField(_("Your reply"), validators=[DataRequired(), Length(max=MOST_CHARACTERS)])


class StatusForm(FlaskForm):  # type: ignore[misc]
    """A step of the case."""

    to = SelectField(_("New state"), choices=[])
    reason = StringField(_("Reason (needed for a rejection)"), validators=[Length(max=500)])
    seen = HiddenField()
