"""What may be done with something for a chat at this moment, under the contract that the person chose."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, unique

from referral.safe_contact import FULL, SafeContact, is_outside, next_moment

REPLY = "reply"  # the only kind that may be shown whole without being asked for


@unique
class Deed(StrEnum):
    """What is to be done with it."""

    WITHHOLD = "withhold"
    WAIT = "wait"
    NOTICE = "notice"
    WHOLE = "whole"


@dataclass(frozen=True)
class Plan:
    """What is to be done, and until when something waits."""

    deed: Deed
    window: str | None
    until: dt.datetime | None = None

    def allows(self, now: dt.datetime) -> bool:
        """Tell whether a message may go out at a moment."""
        return self.window is not None and not is_outside(self.window, now=now)


def plan(contract: SafeContact, *, kind: str, chosen: str | None, now: dt.datetime) -> Plan:
    """Return what may be done now; `chosen` is the window that a caseworker read out of the person's own words."""
    window = contract.window(chosen)
    if window is None:
        return Plan(Deed.WITHHOLD, None)
    if is_outside(window, now=now):
        return Plan(Deed.WAIT, window, next_moment(window, now=now))
    whole = kind == REPLY and contract.wording == FULL
    return Plan(Deed.WHOLE if whole else Deed.NOTICE, window)
