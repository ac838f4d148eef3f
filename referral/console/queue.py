"""The queue: who waits, and taking a case."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.context import console
from referral.console.guard import AUTOMATIC, signed_in_only
from referral.console.labels import word
from referral.db import session_scope
from referral.enums import Direction, ReferralStatus
from referral.lifecycle import OPEN
from referral.service.casework import claim
from referral.service.glance import Glance, glance, hidden_cases
from referral.service.queue import QueueEntry, open_queue
from referral.service.staff import SignedIn
from referral.service.timeline import last_writers

pages = Blueprint("queue", __name__)
TABS = ("waiting", "mine", "all", "closed")


@pages.get("/")
@signed_in_only
def home() -> ResponseReturnValue:
    """Lead to the queue."""
    return redirect(url_for("queue.queue"))


@pages.get("/queue")
@signed_in_only
def queue() -> ResponseReturnValue:
    """Show who waits: danger first, then the longest waiting."""
    with session_scope(console().engine) as db:
        entries = _entries(db, g.who)
        hidden = hidden_cases(db, signed_in=g.who, shown={entry.case_id for entry in entries})
    tab = request.args.get("tab", TABS[0])
    tab = tab if tab in TABS else TABS[0]
    return render_template(
        "queue.html",
        entries=[entry for entry in entries if _belongs(entry, tab, g.who)],
        counts={name: sum(_belongs(entry, name, g.who) for entry in entries) for name in TABS},
        tab=tab,
        hidden=hidden,
        again=f"{url_for('queue.queue', tab=tab)}&{AUTOMATIC}=1",
    )


@pages.post("/case/<uuid:case_id>/claim")
@signed_in_only
def take(case_id: UUID) -> ResponseReturnValue:
    """Take a case; say who has it when somebody was faster."""
    with session_scope(console().engine) as db:
        seen = glance(db, signed_in=g.who, case_id=case_id)
        won = seen.status is ReferralStatus.NEW and claim(db, signed_in=g.who, case_id=case_id)
        now = seen if won else glance(db, signed_in=g.who, case_id=case_id)
    if won or now.owner_id == g.who.staff_id:
        return redirect(url_for("cases.case", case_id=case_id))
    flash(_lost(now), "refused")
    return redirect(url_for("queue.queue"))


def _entries(db: Session, who: SignedIn) -> list[QueueEntry]:
    """Return the queue; a case waits when the person had the last word, and the request itself is a first word."""
    entries = open_queue(db, signed_in=who)
    writers = last_writers(db, case_ids=[entry.case_id for entry in entries])
    person = Direction.FROM_PERSON
    return [
        replace(entry, unanswered=entry.status in OPEN and writers.get(entry.case_id, person) is person)
        for entry in entries
    ]


def _belongs(entry: QueueEntry, tab: str, who: SignedIn) -> bool:
    is_open = entry.status in OPEN
    match tab:
        case "waiting":
            return is_open and (entry.owner_id is None or (entry.owner_id == who.staff_id and entry.unanswered))
        case "mine":
            return is_open and entry.owner_id == who.staff_id
        case "closed":
            return not is_open
        case _:
            return is_open


def _lost(now: Glance) -> str:
    if now.owner_login is not None and now.status in OPEN:
        return str(_("%(who)s took this case a moment ago.", who=now.owner_login))
    return str(_("This case cannot be taken any more. It is now: %(state)s.", state=word(now.status, "status")))
