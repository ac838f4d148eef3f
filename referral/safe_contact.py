"""The safe-contact contract: when, how and in which words the bot may write to a person. Enforced where it is sent.

The person chooses at the intake; the gateway keeps the choice inside the encrypted route and refuses what is outside
it, whatever a caseworker or the console asks for.
"""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

BAKU = ZoneInfo("Asia/Baku")
HOURS = MappingProxyType({"morning": (8, 12), "day": (12, 18), "evening": (18, 22)})  # as the intake's buttons say
ANY, TYPED = "any", "typed"
NOTICE, FULL = "notice", "full"
WINDOWS = (ANY, *HOURS)


@dataclass(frozen=True)
class SafeContact:
    """What a person allowed. `hours` is a window, `any`, or `typed`: words that only a caseworker can read.

    `wording` is `notice`, a line that says nothing, or `full`, the reply itself.
    """

    hours: str = ANY
    wording: str = NOTICE

    def window(self, chosen_by_caseworker: str | None) -> str | None:
        """Return the window in which a message may go, None when nobody has read the person's own words yet."""
        if self.hours != TYPED:
            return self.hours if self.hours in HOURS else ANY
        return chosen_by_caseworker if chosen_by_caseworker in WINDOWS else None


def is_outside(window: str | None, *, now: dt.datetime) -> bool:
    """Tell whether a moment lies outside a window of the day in Baku; nothing is outside of what is no window."""
    if window is None or window not in HOURS:
        return False
    begin, end = HOURS[window]
    return not begin <= now.astimezone(BAKU).hour < end


def next_moment(window: str, *, now: dt.datetime) -> dt.datetime:
    """Return the next moment inside a window: now, or when it begins."""
    if not is_outside(window, now=now):
        return now
    local = now.astimezone(BAKU)
    begin = local.replace(hour=HOURS[window][0], minute=0, second=0, microsecond=0)
    return (begin if begin > local else begin + dt.timedelta(days=1)).astimezone(dt.UTC)
