"""What colleagues tell each other: notes, and what came of attempts to reach the person."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from referral.console.case_page import case_page
from referral.console.context import console
from referral.console.doing import CONFLICT
from referral.console.guard import permitted
from referral.console.work_forms import ContactForm, NoteForm
from referral.db import session_scope
from referral.enums import ContactOutcome
from referral.permissions import May
from referral.service.notes import add_contact_attempt, add_note

pages = Blueprint("notes", __name__)


@pages.post("/case/<uuid:case_id>/note")
@permitted(May.WORK)
def note(case_id: UUID) -> ResponseReturnValue:
    """Add a note for colleagues."""
    form = NoteForm()
    if not form.validate():
        flash(_("Nothing was stored: a note needs between 1 and 7000 characters."), "refused")
        return case_page(case_id, refused=form), CONFLICT
    with session_scope(console().engine) as db:
        add_note(db, signed_in=g.who, case_id=case_id, text=form.text.data)
    flash(_("The note is stored. Colleagues who can open the case read it; the person does not."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="notes"))


@pages.post("/case/<uuid:case_id>/contact")
@permitted(May.WORK)
def contact(case_id: UUID) -> ResponseReturnValue:
    """Note an attempt to reach the person."""
    form = ContactForm()
    if not form.validate():
        flash(_("Nothing was stored: choose what came of it and by which way."), "refused")
        return case_page(case_id, refused=form), CONFLICT
    with session_scope(console().engine) as db:
        add_contact_attempt(
            db,
            signed_in=g.who,
            case_id=case_id,
            outcome=ContactOutcome(form.outcome.data),
            channel=form.channel.data,
            note=form.text.data or "",
        )
    flash(_("The attempt is noted. The person sees that somebody tried to reach them, not what came of it."))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="notes"))
