"""Which updates are under way, and up to where Telegram may forget them.

An update is acknowledged only after it was handled, so that a crash loses nothing: Telegram sends it again. Telegram
shows at most 100 at a time, so when very many wait (Rasa is down for long), the oldest are acknowledged early, so that
new ones, and danger among them, still come in. Those are put into the gateway's own state before, sealed.
"""

import asyncio

MOST_HELD_BACK = 80


class Inbox:
    """Track updates by their numbers."""

    def __init__(self) -> None:
        self._waiting: set[int] = set()
        self._highest: int | None = None
        self.empty = asyncio.Event()
        self.empty.set()

    def take(self, update_id: int) -> bool:
        """Note an update as under way; tell whether it is new in this run. Telegram's numbers only grow."""
        if self._highest is not None and update_id <= self._highest:
            return False
        self._waiting.add(update_id)
        self._highest = update_id
        self.empty.clear()
        return True

    def done(self, update_id: int) -> None:
        """Note an update as handled."""
        self._waiting.discard(update_id)
        if not self._waiting:
            self.empty.set()

    @property
    def early(self) -> list[int]:
        """Return the updates that the next call would acknowledge although they are under way."""
        return sorted(self._waiting)[:-MOST_HELD_BACK]

    @property
    def busy(self) -> bool:
        """Tell whether updates are under way."""
        return bool(self._waiting)

    @property
    def offset(self) -> int | None:
        """Return the offset of the next call: everything below it may be forgotten by Telegram."""
        if self._highest is None:
            return None
        held = sorted(self._waiting)[-MOST_HELD_BACK:]
        return held[0] if held else self._highest + 1
