"""The form by which an answer is begun."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from bot.content.limits import BUTTON

NAME = r"^[a-z][a-z_]{1,49}$"
MOST_ASKS, MOST_EXAMPLES = 300, 4000


class AnswerForm(FlaskForm):
    """What is known of an answer that is to be written."""

    title = StringField(_("Button, in English"), validators=[DataRequired(), Length(max=BUTTON)])
    topic = SelectField(_("Topic"), choices=[])
    asks = StringField(_("What do people ask? One sentence"), validators=[DataRequired(), Length(max=MOST_ASKS)])
    intent = StringField(_("Short name, in small English letters and _"), validators=[Regexp(NAME)])
    examples = TextAreaField(_("What people write, one a line"), validators=[Length(max=MOST_EXAMPLES)])

    def offer(self, topics: Mapping[str, str]) -> None:
        """Let these topics be chosen."""
        self.topic.choices = list(topics.items())

    @property
    def lines(self) -> list[str]:
        """Return the examples."""
        return [line.strip() for line in (self.examples.data or "").splitlines() if line.strip()]
