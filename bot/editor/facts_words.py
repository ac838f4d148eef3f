"""Words for the values of facts."""

from flask_babel import lazy_gettext as _

from bot.editor.facts_rows import Mark, Show
from bot.facts import Unit

MARKS = {
    Mark.OVERDUE: _("check is overdue"),
    Mark.SOON: _("check is due soon"),
    Mark.UNCONFIRMED: _("not confirmed"),
    Mark.EMPTY: _("no value yet"),
    Mark.UNCALLED: _("never called"),
}
IN_ORDER = _("in order")
SHOWS = {
    Show.ALL: _("All"),
    Show.DUE: _("Check is due"),
    Show.REPORTED: _("Reported"),
    Show.UNCONFIRMED: _("Not confirmed"),
    Show.PHONES: _("Telephone numbers"),
}
UNITS = {
    Unit.PHONE: _("telephone number"),
    Unit.AZN: _("manat"),
    Unit.DAYS: _("days"),
    Unit.MONTHS: _("months"),
    Unit.YEARS: _("years"),
    Unit.HOURS: _("hours"),
    Unit.DATE: _("date"),
    Unit.PERCENT: _("per cent"),
    Unit.COUNT: _("number"),
    Unit.TEXT: _("sentence that is not shown"),
    Unit.URL: _("web address"),
    Unit.EMAIL: _("e-mail address"),
    Unit.ADDRESS: _("address"),
}
BEHIND = {
    "police": _("police"),
    "state": _("state body"),
    "ngo": _("NGO"),
    "international": _("international organisation"),
    "company": _("company"),
}
CONFIDENCE = {
    "confirmed": _("a published page says so"),
    "weak": _("a weak source says so"),
    "then": _("was so at its date, not confirmed today"),
    "unconfirmed": _("nobody has confirmed it"),
}
FIELDS = {
    "value": _("Value"),
    "source": _("Source"),
    "date": _("Date of the source"),
    "checked": _("Checked"),
    "confidence": _("How sure"),
    "behind": _("Who answers"),
    "review_by": _("To be checked again by"),
    "test_dialled": _("Called"),
    "verified_by": _("Checked by"),
    "note": _("Note for editors"),
}
