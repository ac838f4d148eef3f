"""How often a chat may try codes: a few at once, then with pauses that grow to what a person can bear.

Only wrong codes count, so that somebody who has one right code cannot use it to begin anew. The count outlives a
restart and a wiped chat; after an hour without a wrong code it is forgotten.
"""

from bot.gateway.state import TRY_SECONDS, State

FREE_TRIES = 5
FIRST_PAUSE = 8.0
LONGEST_PAUSE = 60.0


class Throttle:
    """Count the wrong codes of each chat; moments are seconds since 1970."""

    def __init__(self, state: State) -> None:
        self._state = state

    def pause(self, sender: str, *, now: float) -> float:
        """Return in how many seconds the chat may try a code, 0 when it may now."""
        tries, last = self._tries(sender, now)
        if tries < FREE_TRIES:
            return 0.0
        whole = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries - FREE_TRIES, 10))
        return min(whole, max(0.0, last + whole - now))  # a clock that was set back locks nobody out for longer

    def tried(self, sender: str, *, now: float) -> None:
        """Count a code before anybody knows whether it is right, so that a crash gives no try away."""
        tries, _last = self._tries(sender, now)
        self._state.note_code_tries(sender, tries + 1, now)

    def was_right(self, sender: str, *, now: float) -> None:
        """Take back the count of a code that was right."""
        tries, last = self._tries(sender, now)
        self._state.note_code_tries(sender, max(0, tries - 1), last)

    def _tries(self, sender: str, now: float) -> tuple[int, float]:
        tries, last = self._state.code_tries(sender)
        return (tries, last) if now - last < TRY_SECONDS else (0, 0.0)
