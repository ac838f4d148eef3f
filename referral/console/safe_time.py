"""When the person said that it is safe to write to them, and whether it is that time in Baku now."""

import datetime as dt
from zoneinfo import ZoneInfo

BAKU = ZoneInfo("Asia/Baku")
HOURS = {"morning": (8, 12), "day": (12, 18), "evening": (18, 22)}  # as the intake's buttons say


def baku_now() -> dt.datetime:
    """Return the present moment as the clocks in Baku show it."""
    return dt.datetime.now(tz=BAKU)


def is_outside(chosen: str | None, *, now: dt.datetime) -> bool:
    """Tell whether a moment lies outside the hours that the person chose; words of their own cannot be judged."""
    if chosen not in HOURS:
        return False
    begin, end = HOURS[chosen]
    return not begin <= now.astimezone(BAKU).hour < end
