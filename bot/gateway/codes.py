"""Codes that people type: turned into a tag here, so that the code itself goes no further.

Guessing is made slow: a memory-hard derivation for each try, a few tries a chat, one derivation at a time.
"""

import asyncio
import time
from collections import defaultdict, deque
from dataclasses import dataclass

from referral.crypto import CodeKeys, derive_code

TRIES = 5
WINDOW_SECONDS = 600.0
PROVEN_SECONDS = 900.0


@dataclass
class Proven:
    """A code that a chat has typed a moment ago; in memory only, so that nothing links chat and request."""

    keys: CodeKeys
    at: float


class Codes:
    """Derive tags from codes, limited for each chat."""

    def __init__(self, pepper: bytes) -> None:
        self._pepper = pepper
        self._tries: defaultdict[str, deque[float]] = defaultdict(deque)
        self._proven: dict[str, Proven] = {}
        self._one_at_a_time = asyncio.Lock()

    async def derive(self, sender: str, code: str) -> CodeKeys | None:
        """Return the keys of a code, or None when the chat has tried too often in ten minutes."""
        tries = self._tries[sender]
        now = time.monotonic()
        while tries and tries[0] < now - WINDOW_SECONDS:
            tries.popleft()
        if len(tries) >= TRIES:
            return None
        tries.append(now)
        async with self._one_at_a_time:
            return await asyncio.to_thread(derive_code, code, pepper=self._pepper)

    def remember(self, sender: str, keys: CodeKeys) -> None:
        """Keep a code that was right for a quarter of an hour, and let the chat try anew."""
        self._tries.pop(sender, None)
        self._proven[sender] = Proven(keys, time.monotonic())

    def proven(self, sender: str) -> CodeKeys | None:
        """Return the keys of the code that the chat has proved, if it was not long ago."""
        proven = self._proven.get(sender)
        if proven is None or proven.at < time.monotonic() - PROVEN_SECONDS:
            self._proven.pop(sender, None)
            return None
        return proven.keys

    def forget(self, sender: str) -> None:
        """Drop what a chat has proved."""
        self._proven.pop(sender, None)
