"""Consent: ask the person, write down what they said, or decide without it."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.context import console
from referral.console.delivery import after, before
from referral.console.doing import CONFLICT, carry_out
from referral.console.forms import chosen_window
from referral.console.guard import permitted
from referral.console.names import recipient_name
from referral.console.opened_case import Opened, open_case
from referral.console.safe_time import baku_now
from referral.console.sharing_forms import AskForm, OverrideForm, ToWhomForm, VoiceForm
from referral.console.stale import agreements_seen, refuse_agreement
from referral.console.to_whom import recipients_to_choose
from referral.console.wordings import VOICE
from referral.db import session_scope
from referral.enums import ConsentScope, LegalBasis
from referral.permissions import May
from referral.recipients import Recipient
from referral.service.asking import ASKED_DAYS, ask_consent, override_consent, record_spoken_consent
from referral.service.consent import OVERRIDE_DAYS
from referral.service.keyring import own_case

pages = Blueprint("consents", __name__)
Deed = Callable[[Session, Opened, Recipient], None]


@pages.get("/case/<uuid:case_id>/ask")
@permitted(May.SHARE)
def ask(case_id: UUID) -> ResponseReturnValue:
    """Show the form by which the person is asked."""
    return _page(case_id, AskForm(formdata=None), "ask.html")


@pages.post("/case/<uuid:case_id>/ask", endpoint="send_question")
@permitted(May.SHARE)
def put_question(case_id: UUID) -> ResponseReturnValue:
    """Put a question for consent on its way to the person."""
    form = AskForm()
    told: list[str] = []

    def deed(db: Session, opened: Opened, recipient: Recipient) -> None:
        window = chosen_window(form.window.data)
        ask_consent(
            db,
            signed_in=g.who,
            case_id=case_id,
            recipient=recipient,
            recipient_name=recipient_name(recipient, opened.language),
            purpose=form.purpose.data,
            shared=form.shared.data,
            relay_public_key=console().public.relay_public_key,
            window=window,
        )
        told.append(str(_("The question is on its way: may %(who)s receive this?", who=recipient_name(recipient))))
        told.append(after(opened.way, window, now=baku_now()))

    return _done(case_id, form, "ask.html", deed, told)


@pages.get("/case/<uuid:case_id>/voice")
@permitted(May.SHARE)
def voice(case_id: UUID) -> ResponseReturnValue:
    """Show the form for a consent that was given by voice."""
    return _page(case_id, VoiceForm(formdata=None), "voice.html")


@pages.post("/case/<uuid:case_id>/voice", endpoint="write_down")
@permitted(May.SHARE)
def write_down(case_id: UUID) -> ResponseReturnValue:
    """Write down a consent that was given by voice."""
    form = VoiceForm()
    told: list[str] = []

    def deed(db: Session, opened: Opened, recipient: Recipient) -> None:
        scope = ConsentScope(form.scope.data)
        record_spoken_consent(
            db,
            signed_in=g.who,
            case_id=case_id,
            recipient=recipient,
            purpose=form.purpose.data,
            shared=form.shared.data,
            scope=ConsentScope.MINOR if scope is ConsentScope.OWN and opened.view.minor else scope,
            wording_version=VOICE,
            words=form.text.data,
        )
        told.append(str(_("The consent for %(who)s is written down, in your name.", who=recipient_name(recipient))))

    return _done(case_id, form, "voice.html", deed, told)


@pages.get("/case/<uuid:case_id>/override")
@permitted(May.OVERRIDE)
def override(case_id: UUID) -> ResponseReturnValue:
    """Show what a decision without consent means, and its form."""
    return _page(case_id, OverrideForm(formdata=None), "override.html")


@pages.post("/case/<uuid:case_id>/override", endpoint="decide")
@permitted(May.OVERRIDE)
def decide(case_id: UUID) -> ResponseReturnValue:
    """Decide to share without consent."""
    form = OverrideForm()
    told: list[str] = []

    def deed(db: Session, _opened: Opened, recipient: Recipient) -> None:
        override_consent(
            db,
            signed_in=g.who,
            case_id=case_id,
            recipient=recipient,
            purpose=form.purpose.data,
            basis=LegalBasis(form.basis.data),
            reason=form.text.data,
        )
        who, days = recipient_name(recipient), OVERRIDE_DAYS
        told.append(
            str(_("The decision is stored: for %(days)d days the case may be referred to %(who)s.", days=days, who=who))
        )

    return _done(case_id, form, "override.html", deed, told)


def _page(case_id: UUID, form: ToWhomForm, template: str) -> str:
    with session_scope(console().engine) as db:
        own_case(db, signed_in=g.who, case_id=case_id)
        opened = open_case(db, case_id)
    form.seen.data = agreements_seen(opened.now)
    form.recipient.choices = recipients_to_choose(opened.topic)
    promise = before(opened.way, now=baku_now())
    days = {"asked_days": ASKED_DAYS, "override_days": OVERRIDE_DAYS}
    return render_template(template, form=form, opened=opened, promise=promise, **days)


def _done(case_id: UUID, form: ToWhomForm, template: str, deed: Deed, told: list[str]) -> ResponseReturnValue:
    """Check a form against the case as it is now, do what it asks, and say what was done."""

    def checked(db: Session) -> str | None:
        own_case(db, signed_in=g.who, case_id=case_id)
        opened = open_case(db, case_id)
        form.recipient.choices = recipients_to_choose(opened.topic)
        if not form.validate():
            return str(_("Nothing was done: fill in every field, and tick what is shared."))
        refusal = refuse_agreement(form, opened.now)
        if refusal is None and isinstance(form, AskForm) and opened.way.asks_window and not form.window.data:
            refusal = str(_("Nothing was sent: choose when it is safe. The person wrote it in their own words."))
        if refusal is None:
            deed(db, opened, Recipient.from_text(form.recipient.data))
        return refusal

    refusal = carry_out(checked)
    if refusal is not None:
        flash(refusal, "refused")
        return _page(case_id, form, template), CONFLICT
    flash(" ".join(told))
    return redirect(url_for("cases.case", case_id=case_id, _anchor="sharing"))
