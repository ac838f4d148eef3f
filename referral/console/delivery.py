"""What the bot will do with something that is sent: said before and after, so that nobody is surprised."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from referral.console.case_view import CaseView
from referral.console.labels import moment
from referral.safe_contact import ANY, TYPED, WINDOWS, is_outside, next_moment

FULL = "push_text"


@dataclass(frozen=True)
class Way:
    """How a person allowed the bot to reach them; `hours` is empty when there is no way to their chat."""

    hours: str
    full: bool

    @property
    def push(self) -> bool:
        """Tell whether the bot may write to them."""
        return bool(self.hours)

    @property
    def asks_window(self) -> bool:
        """Tell whether a caseworker must first read the safe time out of the person's own words."""
        return self.hours == TYPED

    def as_text(self) -> str:
        """Return it as a form carries it."""
        return f"{int(self.full)}.{self.hours}"

    @classmethod
    def from_text(cls, text: str) -> "Way":
        """Read what a form carried."""
        full, _first, hours = text.partition(".")
        return cls(hours if hours in {*WINDOWS, TYPED} else "", full == "1")


def way_to(view: CaseView, *, push: bool) -> Way:
    """Return how the person of a case may be reached."""
    full = view.choices.get("contact") == FULL
    if not push:
        return Way("", full)
    if view.safe_time_words:
        return Way(TYPED, full)
    chosen = view.choices.get("safe_time", ANY)
    return Way(chosen if chosen in WINDOWS else ANY, full)


def before(way: Way, *, now: dt.datetime) -> list[str]:
    """Return what the bot will do, in sentences to stand above the button."""
    if not way.push:
        return [str(_("The person reads this when they come with their code. The bot writes nothing to them."))]
    what = (
        _("The bot writes your words into the chat. Whoever holds the phone can see them.")
        if way.full
        else _("The bot writes one neutral line into the chat. The person opens your words from there.")
    )
    if way.asks_window:
        return [str(what), str(_("It does so in the time of day that you choose here. Read the person's own words."))]
    return [str(what), _when(way.hours, now)]


def after(way: Way, window: str | None, *, now: dt.datetime) -> str:
    """Return what the bot does with what was just sent."""
    if not way.push:
        return str(_("The person reads it when they come with their code."))
    hours = window if way.asks_window else way.hours
    if hours is None:
        return str(_("Nothing goes to the chat. The person reads it when they come with their code."))
    return _when(hours, now)


def _when(hours: str, now: dt.datetime) -> str:
    if not is_outside(hours, now=now):
        return str(_("The bot writes to the chat at once."))
    begins = moment(next_moment(hours, now=now))
    return str(_("The bot waits until the safe time begins: %(moment)s.", moment=begins))
