"""The forms of daily work on a case: notes, attempts to reach the person, who has it, holds, deadlines."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from referral.console.forms import MOST_CHARACTERS, one_line_ends, select
from referral.service.deadlines import MOST_HOURS

LONG = Length(max=2 * MOST_CHARACTERS)


class NoteForm(FlaskForm):
    """A note for colleagues."""

    text = TextAreaField(_("Note for colleagues"), validators=[DataRequired(), LONG], filters=[one_line_ends])


class ContactForm(FlaskForm):
    """What came of an attempt to reach the person."""

    outcome = select(_("What came of it"), "outcome")
    channel = select(_("By which way"), "channel")
    text = TextAreaField(_("What to know next time"), validators=[LONG], filters=[one_line_ends])


class AssignForm(FlaskForm):
    """Give the case to a colleague; `seen` is who had it."""

    to = SelectField(_("Colleague"), choices=[], validators=[InputRequired()])
    seen = HiddenField(validators=[InputRequired()])


class RestrictForm(FlaskForm):
    """Keep the case from colleagues; `seen` is who had it."""

    sure = BooleanField(
        _("I know that nobody else can open it then, and that this cannot be undone."), validators=[InputRequired()]
    )
    seen = HiddenField(validators=[InputRequired()])


class EraseForm(FlaskForm):
    """Erase the case for a person who asked for it; `seen` is what was said and agreed so far."""

    sure = BooleanField(
        _("The person has asked for it. I know that it is gone then, for everybody."), validators=[InputRequired()]
    )
    seen = HiddenField(validators=[InputRequired()])


class HoldForm(FlaskForm):
    """Keep the case beyond its day."""

    hold_reason = select(_("Why it is kept"), "hold")
    until = DateField(_("Until"), validators=[InputRequired()])


class HoursForm(FlaskForm):
    """Within how many hours a new case must have its first answer."""

    danger = IntegerField(_("Danger"), validators=[InputRequired(), NumberRange(1, MOST_HOURS)])
    concern = IntegerField(_("Concern"), validators=[InputRequired(), NumberRange(1, MOST_HOURS)])
    normal = IntegerField(_("Normal"), validators=[InputRequired(), NumberRange(1, MOST_HOURS)])
