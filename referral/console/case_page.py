"""The page of a case, with the forms that its reader may use."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import g, render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from referral.console.agreements import warnings
from referral.console.context import console
from referral.console.delivery import before
from referral.console.forms import ReplyForm, StatusForm
from referral.console.labels import word
from referral.console.opened_case import Opened, open_case
from referral.console.safe_time import baku_now
from referral.console.sharing_forms import AnswerForm
from referral.console.stale import Before, agreements_seen, owner_seen, steps_from
from referral.console.work_forms import AssignForm, ContactForm, EraseForm, HoldForm, NoteForm, RestrictForm
from referral.db import session_scope
from referral.enums import ReferralStatus, SharingStatus, StaffRole
from referral.lifecycle import BY_RECIPIENT, LIVE, OPEN
from referral.models import CaseHold, Staff
from referral.permissions import May, may
from referral.service.assigning import colleagues
from referral.service.common import today
from referral.service.glance import Glance, glance
from referral.service.holds import holds_of
from referral.service.opened import OpenSharing

Form = TypeVar("Form", bound=FlaskForm)


@dataclass(frozen=True)
class Can:
    """What the reader of a case may do with it as it stands."""

    claim: bool
    reply: bool
    share: bool
    override: bool
    export: bool
    assign: bool
    restrict: bool
    hold: bool
    erase: bool
    read_log: bool
    answer: bool


def case_page(case_id: UUID, *, refused: FlaskForm | None = None) -> str:
    """Show a case; `refused` is a form that is shown again as it was filled in."""
    with session_scope(console().engine) as db:
        now = glance(db, signed_in=g.who, case_id=case_id)
        if now.status is ReferralStatus.REVOKED:
            return render_template("withdrawn.html", now=now)
        opened = open_case(db, case_id)
        holds = holds_of(db, case_id=case_id, day=today())
        people = colleagues(db, signed_in=g.who)
    return _render(opened, refused, holds, people)


def may_do(now: Glance, *, contact_withheld: bool = False) -> Can:
    """Return what who is signed in may do; what only the owner may do is not for others."""
    role, open_now = g.who.role, now.status in OPEN
    taken = open_now and now.status is not ReferralStatus.NEW
    ours = now.organisation_id == g.who.organisation_id
    mine = now.owner_id == g.who.staff_id
    answerable = ours or now.shared is SharingStatus.ACCEPTED
    return Can(
        claim=ours and now.status is ReferralStatus.NEW,
        reply=taken and answerable and not contact_withheld,
        share=ours and taken and may(role, May.SHARE),
        override=ours and taken and may(role, May.OVERRIDE),
        export=ours and may(role, May.EXPORT),
        assign=ours and open_now and (mine or may(role, May.ASSIGN)),
        restrict=ours and taken and mine and not now.restricted,
        hold=ours and may(role, May.HOLD),
        erase=ours and (mine or role is StaffRole.SUPERVISOR),
        read_log=ours and may(role, May.READ_LOG),
        answer=not ours and may(role, May.ANSWER_SHARING),
    )


def answers_to(sharing: OpenSharing) -> list[tuple[str, str]]:
    """Return what can be answered to a referral in its state."""
    steps = [to for to in SharingStatus if to in BY_RECIPIENT.get(sharing.status, frozenset())]
    return [(to.value, word(to.value, "sharing")) for to in steps]


def form_of(kind: type[Form], refused: FlaskForm | None) -> Form:
    """Return the form that was refused if it is of this kind, an empty one otherwise."""
    found: Form = refused if isinstance(refused, kind) else kind(formdata=None)
    return found


def _render(opened: Opened, refused: FlaskForm | None, holds: list[CaseHold], people: list[Staff]) -> str:
    now, case, view = opened.now, opened.case, opened.view
    clock, home = baku_now(), console()
    can = may_do(now, contact_withheld="contact" in case.withheld)
    return render_template(
        "case.html",
        now=now,
        case=case,
        view=view,
        can=can,
        ours=now.organisation_id == g.who.organisation_id,
        received=next((row for row in case.sharings if now.shared and row.status in LIVE), None),
        reply=_reply_form(refused, opened),
        way=opened.way,
        promise=before(opened.way, now=clock),
        steps=_status_form(refused, now),
        note=form_of(NoteForm, refused),
        contact=form_of(ContactForm, refused),
        assign=_assign_form(refused, now, people),
        restrict=_restrict_form(refused, now),
        hold=form_of(HoldForm, refused),
        erase=_erase_form(refused, now),
        answered=form_of(AnswerForm, refused).text.data or "",
        answers_to=answers_to,
        holds=holds,
        live=LIVE,
        clock=clock,
        outside=view.outside_safe_time(push=case.push, now=clock),
        warnings={row.id: warnings(row, case, wordings=home.wordings, today=today()) for row in case.consents},
        today=today(),
    )


def _reply_form(refused: FlaskForm | None, opened: Opened) -> ReplyForm:
    form = form_of(ReplyForm, refused)
    form.seen.data = Before(opened.now.messages, opened.way).as_text()
    return form


def _status_form(refused: FlaskForm | None, now: Glance) -> StatusForm:
    form = form_of(StatusForm, refused)
    form.seen.data = now.status.value
    form.to.choices = [("", _("choose"))] + [(to.value, word(to, "status")) for to in steps_from(now.status)]
    return form


def _assign_form(refused: FlaskForm | None, now: Glance, people: list[Staff]) -> AssignForm:
    form = form_of(AssignForm, refused)
    form.seen.data = owner_seen(now)
    form.to.choices = [("", _("choose")), *colleagues_to_choose(people, now)]
    return form


def colleagues_to_choose(people: list[Staff], now: Glance) -> list[tuple[str, str]]:
    """Return to whom a case can be given: everybody who works on cases but the one who has it."""
    return [(one.id.hex, f"{one.login} ({word(one.role.value, 'role')})") for one in people if one.id != now.owner_id]


def _erase_form(refused: FlaskForm | None, now: Glance) -> EraseForm:
    form = form_of(EraseForm, refused)
    form.seen.data = agreements_seen(now)
    return form


def _restrict_form(refused: FlaskForm | None, now: Glance) -> RestrictForm:
    form = form_of(RestrictForm, refused)
    form.seen.data = owner_seen(now)
    return form
