"""The forms around sharing: ask, write down, decide, refer, answer. `seen` is what its writer had before them."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput

from referral.console.forms import choices_of, one_line_ends, window_field
from referral.console.work_forms import LONG
from referral.enums import ConsentScope
from referral.htcds import Target
from referral.recipients import SUPPORT


class SeenForm(FlaskForm):
    """A form that is refused when something has come or was decided since it was shown."""

    seen = HiddenField(validators=[InputRequired()])


class ToWhomForm(SeenForm):
    """A recipient and a purpose."""

    recipient = SelectField(_("To whom"), choices={}, validators=[InputRequired()])
    purpose = SelectField(_("What for"), choices=choices_of("purpose"), default=SUPPORT, validators=[InputRequired()])


class ItemsForm(ToWhomForm):
    """And what of the case; nothing is ticked beforehand, and what is not ticked is withheld."""

    shared = SelectMultipleField(
        _("What is shared"),
        choices=choices_of("item"),
        option_widget=CheckboxInput(),
        validators=[InputRequired()],
    )


class AskForm(ItemsForm):
    """A question for consent."""

    window = window_field()


class VoiceForm(ItemsForm):
    """A consent that was given by voice."""

    scope = RadioField(
        _("Whose consent it is"),
        choices=[
            (scope.value, label)
            for scope, label in ((ConsentScope.OWN, _("the person's own")), (ConsentScope.GUARDIAN, _("a guardian's")))
        ],
        validators=[InputRequired()],
    )
    text = TextAreaField(
        _("What was asked, and what was said"), validators=[DataRequired(), LONG], filters=[one_line_ends]
    )


class OverrideForm(ToWhomForm):
    """A decision to share without consent."""

    basis = RadioField(_("Legal basis"), choices=choices_of("basis"), validators=[InputRequired()])
    text = TextAreaField(_("Reason"), validators=[DataRequired(), LONG], filters=[one_line_ends])
    sure = BooleanField(_("I know that the person sees this decision."), validators=[InputRequired()])


class ReferForm(SeenForm):
    """A referral or a transfer."""

    recipient = RadioField(_("To whom"), choices=[], validators=[InputRequired()])
    kind = RadioField(_("How"), choices=[], validators=[InputRequired()])
    text = TextAreaField(_("For the recipient"), validators=[LONG], filters=[one_line_ends])


class ExportForm(FlaskForm):
    """For whom a file is made, and of which kind."""

    recipient = RadioField(_("For whom"), choices=[], validators=[InputRequired()], validate_choice=False)
    target = RadioField(
        _("Kind of file"),
        choices=[
            (Target.JSON.value, _("JSON: holds everything, for programs")),
            (Target.CSV.value, _("CSV: holds everything, for any spreadsheet")),
            (Target.EXCEL.value, _("Excel: IOM's workbook, which has no place for some fields")),
            (Target.KOBO.value, _("Kobo: for import into IOM's form, which has no place for some fields")),
        ],
        validators=[InputRequired()],
    )


class SealedForm(FlaskForm):
    """A sealed file on its way from the page to the disk, as text."""

    sealed = HiddenField(validators=[InputRequired()])


class AnswerForm(FlaskForm):
    """The answer of a recipient; `seen` is the state in which the referral was shown."""

    to = SelectField(_("Answer"), choices=[], validators=[InputRequired()])
    text = StringField(_("Reason or note"), validators=[LONG], filters=[one_line_ends])
    seen = HiddenField(validators=[InputRequired()])


class RevokeForm(FlaskForm):
    """Take a referral back; `seen` is its state when it was shown."""

    seen = HiddenField(validators=[InputRequired()])
