"""The banner on every page when a key was exchanged or opened with the paper keys in the last month."""

import datetime as dt
import threading

from sqlalchemy.orm import Session

from referral.service.key_events import KeyEvent, key_events

DAYS = 30


class KeyNews:
    """What happened to keys; the log is read once, and then only what is new in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_to = 0
        self._events: dict[int, KeyEvent] = {}

    def recent(self, session: Session, *, now: dt.datetime) -> list[KeyEvent]:
        """Return the events of the last month, newest first."""
        with self._lock:
            start = self._read_to
        found, last = key_events(session, after=start)
        since = now - dt.timedelta(days=DAYS)
        with self._lock:
            self._events |= {event.seq: event for event in found}
            self._events = {seq: event for seq, event in self._events.items() if event.at >= since}
            self._read_to = max(self._read_to, last)
            return sorted(self._events.values(), key=lambda event: event.seq, reverse=True)
