"""The queue: who waits, and taking a case."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.context import console
from referral.console.guard import AUTOMATIC, permitted, signed_in_only
from referral.console.labels import word
from referral.db import session_scope
from referral.enums import Direction, ReferralStatus
from referral.lifecycle import OPEN
from referral.permissions import May, may
from referral.service.casework import claim
from referral.service.common import now
from referral.service.glance import Glance, glance, hidden_cases
from referral.service.queue import QueueEntry, open_queue
from referral.service.staff import SignedIn
from referral.service.timeline import last_writers, unread_answers

pages = Blueprint("queue", __name__)
TABS = ("waiting", "mine", "all", "shared", "closed")
SOON = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """One line of the queue: the case, whether a question for consent was answered, and how much time is left."""

    entry: QueueEntry
    new_answer: bool
    left: dt.timedelta | None

    @property
    def overdue(self) -> bool:
        """Tell whether the first answer is overdue."""
        return self.left is not None and self.left < dt.timedelta()

    @property
    def soon(self) -> bool:
        """Tell whether it will be within the hour."""
        return self.left is not None and dt.timedelta() <= self.left < SOON


@pages.get("/")
@signed_in_only
def home() -> ResponseReturnValue:
    """Lead to the queue; those who see no cases to the first added page that is theirs, or to the directory."""
    if may(g.who.role, May.WORK):
        return redirect(url_for("queue.queue"))
    own = (endpoint for endpoint, what, _title in console().places if what is not None and may(g.who.role, what))
    return redirect(url_for(next(own, "directory.directory")))


@pages.get("/queue")
@permitted(May.WORK)
def queue() -> ResponseReturnValue:
    """Show who waits: danger first, then the longest waiting."""
    with session_scope(console().engine) as db:
        entries = _entries(db, g.who)
        answers = unread_answers(db, case_ids=[entry.case_id for entry in entries if entry.shared is None])
        hidden = hidden_cases(db, signed_in=g.who, shown={entry.case_id for entry in entries})
    tab = request.args.get("tab", TABS[0])
    tab = tab if tab in TABS else TABS[0]
    rows = [_row(entry, answers) for entry in entries]
    return render_template(
        "queue.html",
        rows=[row for row in rows if _belongs(row, tab, g.who)],
        counts={name: sum(_belongs(row, name, g.who) for row in rows) for name in TABS},
        overdue=sum(row.overdue for row in rows),
        tab=tab,
        hidden=hidden,
        again=f"{url_for('queue.queue', tab=tab)}&{AUTOMATIC}=1",
    )


@pages.post("/case/<uuid:case_id>/claim")
@permitted(May.WORK)
def take(case_id: UUID) -> ResponseReturnValue:
    """Take a case; say who has it when somebody was faster."""
    with session_scope(console().engine) as db:
        seen = glance(db, signed_in=g.who, case_id=case_id)
        won = seen.status is ReferralStatus.NEW and claim(db, signed_in=g.who, case_id=case_id)
        after = seen if won else glance(db, signed_in=g.who, case_id=case_id)
    if won or after.owner_id == g.who.staff_id:
        return redirect(url_for("cases.case", case_id=case_id))
    flash(_lost(after), "refused")
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


def _row(entry: QueueEntry, answers: set[UUID]) -> Row:
    left = None if entry.respond_by is None else entry.respond_by - now()
    return Row(entry, entry.status in OPEN and entry.case_id in answers, left)


def _belongs(row: Row, tab: str, who: SignedIn) -> bool:
    """Tell whether a case stands in a tab; what others share with us stands in its own."""
    entry = row.entry
    if entry.shared is not None:
        return tab == "shared"
    is_open, mine = entry.status in OPEN, entry.owner_id == who.staff_id
    match tab:
        case "waiting":
            return is_open and (entry.owner_id is None or (mine and (entry.unanswered or row.new_answer)))
        case "mine":
            return is_open and mine
        case "closed":
            return not is_open
        case "shared":
            return False
        case _:
            return is_open


def _lost(now: Glance) -> str:
    if now.owner_login is not None and now.status in OPEN:
        return str(_("%(who)s took this case a moment ago.", who=now.owner_login))
    return str(_("This case cannot be taken any more. It is now: %(state)s.", state=word(now.status, "status")))
