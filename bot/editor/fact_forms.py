"""The forms of the facts' pages."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from bot.content.changing import Value
from bot.content.shapes import BEHIND as BODIES
from bot.editor.facts_words import BEHIND, CONFIDENCE, FIELDS

AS_SAID, OTHER, NOBODY = "as_said", "other", "nobody"
MOST, MOST_NOTE, MOST_REASON = 200, 300, 300


class CallForm(FlaskForm):
    """What somebody learnt who called a number."""

    answered = RadioField(_("Who answered?"), choices=[], validators=[InputRequired()])
    languages = SelectMultipleField(
        _("Which languages did they speak?"),
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    words = StringField(_("What else should colleagues know, such as hours?"), validators=[Length(max=MOST)])
    confirms = BooleanField(_("The call confirms this number: show it as confirmed from now on."))

    def offer(self, behind: str, languages: Mapping[str, str]) -> None:
        """Say who should answer, and which languages there are."""
        said = BEHIND.get(behind, behind)
        self.answered.choices = [
            (AS_SAID, _("The one that the answers name: %(who)s", who=said)),
            (OTHER, _("Somebody else, or the number has changed")),
            (NOBODY, _("Nobody, although I tried several times")),
        ]
        self.languages.choices = list(languages.items())


class FactForm(FlaskForm):
    """A correction of a fact."""

    value = StringField(FIELDS["value"], validators=[Length(max=MOST)])
    source = SelectField(FIELDS["source"], choices=[])
    new_source = StringField(_("Another source: its name"), validators=[Length(max=MOST)])
    date = StringField(FIELDS["date"], validators=[DataRequired(), Length(max=40)])
    confidence = SelectField(FIELDS["confidence"], choices=list(CONFIDENCE.items()))
    behind = SelectField(FIELDS["behind"], choices=[("", "–"), *((body, BEHIND[body]) for body in BODIES)])
    review_by = DateField(FIELDS["review_by"], validators=[InputRequired()])
    note = TextAreaField(FIELDS["note"], validators=[Optional(), Length(max=MOST_NOTE)])
    called = BooleanField(_("I called this number today, and the right one answered."))
    reason = StringField(_("Why do you change it?"), validators=[DataRequired(), Length(max=MOST_REASON)])

    def offer(self, sources: Mapping[str, str]) -> None:
        """Let these sources be chosen."""
        self.source.choices = [("", _("choose")), *sorted(sources.items(), key=lambda one: one[1].casefold())]

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as it goes through the page that shows what will change."""
        return {name: field.raw_data[0] if field.raw_data else "" for name, field in self._fields.items()}


class DoubtForm(FlaskForm):
    """Saying below every answer that a number is not confirmed."""

    reason = StringField(_("What did you find out?"), validators=[DataRequired(), Length(max=MOST_REASON)])


def text_of(value: Value) -> str:
    """Return a value of the file as a field of the form has it."""
    return "" if value is None else str(value)
