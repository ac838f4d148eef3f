"""Codes that people type: turned into a tag here, so that the code itself goes no further.

Guessing is made slow: each code costs one memory-hard derivation, whether it can be right or not, one is made at a
time, a chat has one of them waiting at most, and after a few wrong ones it waits for its next turn.
"""

import asyncio
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from bot.gateway.throttle import Throttle
from referral.crypto import CodeKeys, derive_code

PROVEN_SECONDS = 900.0


@dataclass(frozen=True)
class Wait:
    """The chat has to wait so many seconds before its next code."""

    seconds: int


@dataclass(frozen=True)
class Proven:
    """A code that a chat has typed a moment ago; in memory only, so that nothing links chat and request."""

    keys: CodeKeys
    case_id: UUID
    case_public_key: bytes
    at: float


@dataclass(frozen=True)
class Derived:
    """The keys of the code of one message, for when the message has to be handled again."""

    update_id: int
    keys: CodeKeys


class Codes:
    """Derive tags from codes, limited for each chat and one after the other for all."""

    def __init__(self, pepper: bytes, throttle: Throttle, *, clock: Callable[[], float] = time.time) -> None:
        self._pepper = pepper
        self._throttle = throttle
        self._clock = clock
        self._proven: dict[str, Proven] = {}
        self._derived: dict[str, Derived] = {}
        self._under_way: set[str] = set()
        self._one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="codes")

    async def derive(self, sender: str, code: str, *, update_id: int) -> CodeKeys | Wait:
        """Return the keys of a code, or how long the chat has to wait; the same message again costs nothing."""
        derived = self._derived.get(sender)
        if derived is not None and derived.update_id == update_id:
            return derived.keys
        pause = self._throttle.pause(sender, now=self._clock())
        if pause > 0 or sender in self._under_way:
            return Wait(max(1, math.ceil(pause)))
        self._throttle.tried(sender, now=self._clock())
        self._under_way.add(sender)
        job = self._one_at_a_time.submit(derive_code, code, pepper=self._pepper)
        job.add_done_callback(lambda _job: self._under_way.discard(sender))  # also when nobody waits for it any more
        keys = await asyncio.wrap_future(job)
        self._derived[sender] = Derived(update_id, keys)
        return keys

    def answered(self, sender: str, *, right: bool) -> None:
        """Note what came of the chat's code, once its message is handled."""
        if self._derived.pop(sender, None) is not None and right:
            self._throttle.was_right(sender, now=self._clock())

    def remember(self, sender: str, keys: CodeKeys, *, case_id: UUID, case_public_key: bytes) -> None:
        """Keep a code that led to a request for a quarter of an hour."""
        self._proven[sender] = Proven(keys, case_id, case_public_key, self._clock())

    def proven(self, sender: str) -> Proven | None:
        """Return the code that the chat has proved, if it was not long ago."""
        proven = self._proven.get(sender)
        if proven is None or not 0 <= self._clock() - proven.at < PROVEN_SECONDS:
            self._proven.pop(sender, None)
            return None
        return proven

    def forget(self, sender: str) -> None:
        """Drop what a chat has proved."""
        self._proven.pop(sender, None)
        self._derived.pop(sender, None)
