"""A pace for all sends together: reacting to Telegram's refusals alone makes people wait ten seconds and more."""

import asyncio
import time

PER_SECOND = 27.0  # Telegram takes 30 a second in all


class Pace:
    """Let callers through one after the other, at most `per_second` of them."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        self._gap = 1.0 / per_second
        self._next = 0.0

    async def wait(self) -> None:
        """Return when it is the caller's turn."""
        now = time.monotonic()
        turn = max(now, self._next)
        self._next = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)
