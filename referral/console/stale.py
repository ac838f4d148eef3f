"""When a form is refused because the case is no longer what its writer saw."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from referral.console.forms import MOST_CHARACTERS, ReplyForm, StatusForm
from referral.enums import ReferralStatus
from referral.lifecycle import BY_STAFF, NEEDS_REASON, OPEN
from referral.safe_contact import is_outside
from referral.service.glance import Glance


@dataclass(frozen=True)
class Before:
    """What the writer of a reply had before them; `safe_time` only when the reply would appear on the phone at once."""

    messages: int
    safe_time: str
    warned: bool

    def as_text(self) -> str:
        """Return it as a form carries it."""
        return f"{self.messages}.{int(self.warned)}.{self.safe_time}"

    @classmethod
    def from_text(cls, text: str | None) -> "Before | None":
        """Read what a form carried; None when it carried nothing."""
        messages, _first, rest = (text or "").partition(".")
        warned, _second, safe_time = rest.partition(".")
        return cls(int(messages), safe_time, warned == "1") if messages.isdecimal() else None


def steps_from(status: ReferralStatus) -> list[ReferralStatus]:
    """Return the states that can be chosen; a new case must be taken first, so that somebody answers for it."""
    if status is ReferralStatus.NEW:
        return []
    return [to for to in ReferralStatus if to in BY_STAFF[status]]


def refuse_reply(form: ReplyForm, now: Glance, *, at: dt.datetime) -> str | None:
    """Return why a reply is not sent, None when it can go."""
    if now.status is ReferralStatus.REVOKED:
        return str(_("Nothing was sent: the person has taken this request back."))
    if now.status not in OPEN:
        return str(_("Nothing was sent: this case is closed. Open it again first."))
    if now.status is ReferralStatus.NEW:
        return str(_("Nothing was sent: take the case first, so that two people do not answer."))
    if not form.validate():
        return str(_("Nothing was sent. A reply needs between 1 and %(most)d characters.", most=MOST_CHARACTERS))
    before = Before.from_text(form.seen.data)
    if before is not None and before.messages != now.messages:
        return str(_("Nothing was sent: a message has come since you opened this page. Read it, then send again."))
    if before is not None and not before.warned and is_outside(before.safe_time, now=at):
        return str(_("Nothing was sent: it is no longer the time that the person called safe. Decide again."))
    return None


def refuse_step(form: StatusForm, now: Glance) -> str | None:
    """Return why a state is not changed, None when it can be."""
    form.to.choices = [(to.value, to.value) for to in steps_from(now.status)]
    if form.seen.data and form.seen.data != now.status.value:
        return str(_("Nothing was changed: somebody else has changed this case. Look at it again, then decide."))
    if not form.validate():
        return str(_("Nothing was changed: choose a state, and keep the reason shorter than 500 characters."))
    if form.to.data in NEEDS_REASON and not (form.reason.data or "").strip():
        return str(_("Nothing was changed: a rejection needs a reason."))
    return None
