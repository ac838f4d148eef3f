"""When a form is refused because the case is no longer what its writer saw."""

from dataclasses import dataclass

from flask_babel import gettext as _

from referral.console.delivery import Way
from referral.console.forms import MOST_CHARACTERS, ReplyForm, StatusForm
from referral.console.sharing_forms import SeenForm
from referral.console.work_forms import AssignForm, EraseForm, RestrictForm
from referral.enums import ReferralStatus, SharingStatus
from referral.lifecycle import BY_STAFF, NEEDS_REASON, OPEN
from referral.service.glance import Glance


@dataclass(frozen=True)
class Before:
    """What the writer of a reply had before them."""

    messages: int
    way: Way

    def as_text(self) -> str:
        """Return it as a form carries it."""
        return f"{self.messages}.{self.way.as_text()}"

    @classmethod
    def from_text(cls, text: str | None) -> "Before | None":
        """Read what a form carried; None when it carried nothing."""
        messages, _first, way = (text or "").partition(".")
        return cls(int(messages), Way.from_text(way)) if messages.isdecimal() else None


def steps_from(status: ReferralStatus) -> list[ReferralStatus]:
    """Return the states that can be chosen; a new case must be taken first, so that somebody answers for it."""
    if status is ReferralStatus.NEW:
        return []
    return [to for to in ReferralStatus if to in BY_STAFF[status]]


def refuse_reply(form: ReplyForm, now: Glance) -> str | None:
    """Return why a reply is not sent, None when it can go."""
    if now.status is ReferralStatus.REVOKED:
        return str(_("Nothing was sent: the person has taken this request back."))
    if now.status not in OPEN:
        return str(_("Nothing was sent: this case is closed. Open it again first."))
    if now.status is ReferralStatus.NEW:
        return str(_("Nothing was sent: take the case first, so that two people do not answer."))
    if now.shared is not None and now.shared is not SharingStatus.ACCEPTED:
        return str(_("Nothing was sent: accept the case first."))
    if not form.validate():
        return str(_("Nothing was sent. A reply needs between 1 and %(most)d characters.", most=MOST_CHARACTERS))
    before = Before.from_text(form.seen.data)
    if before is not None and before.messages != now.messages:
        return str(_("Nothing was sent: a message has come since you opened this page. Read it, then send again."))
    if before is not None and before.way.asks_window and not form.window.data:
        return str(_("Nothing was sent: choose when it is safe. The person wrote it in their own words."))
    return None


def refuse_step(form: StatusForm, now: Glance) -> str | None:
    """Return why a state is not changed, None when it can be."""
    form.to.choices = [(to.value, to.value) for to in steps_from(now.status)]
    if form.seen.data and form.seen.data != now.status.value:
        return somebody_else()
    if not form.validate():
        return str(_("Nothing was changed: choose a state, and keep the reason shorter than 500 characters."))
    if form.to.data in NEEDS_REASON and not (form.reason.data or "").strip():
        return str(_("Nothing was changed: a rejection needs a reason."))
    return None


def agreements_seen(now: Glance) -> str:
    """Return what whoever asks, decides or refers has before them: everything that was said and agreed so far."""
    return f"{now.status.value}.{now.messages}.{now.agreements}"


def refuse_agreement(form: SeenForm | EraseForm, now: Glance) -> str | None:
    """Return why nothing is asked, decided or referred; None when nothing has changed since."""
    if form.seen.data != agreements_seen(now):
        return str(
            _("Nothing was done: something has come or was decided since you opened the page. Look at the case first.")
        )
    return None


def owner_seen(now: Glance) -> str:
    """Return who has the case, as a form carries it."""
    return f"{now.status.value}.{now.owner_id.hex if now.owner_id else ''}"


def refuse_owner(form: AssignForm | RestrictForm, now: Glance) -> str | None:
    """Return why a case is not given to anybody; None when nobody else has done that since."""
    return None if form.seen.data == owner_seen(now) else somebody_else()


def somebody_else() -> str:
    """Return the words for a form that came too late."""
    return str(_("Nothing was changed: somebody else has changed this case. Look at it again, then decide."))
