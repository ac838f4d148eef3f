"""Trackers in memory only, forgotten after a pause or on request."""

import logging
import time
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

logger = logging.getLogger(__name__)


class ExpiringTrackerStore(InMemoryTrackerStore):
    """Keep conversations in memory until `idle_minutes` have passed without a message.

    Nothing is at rest, so there is nothing to erase from a disk. Rasa has no way to delete a tracker; `forget` is ours.
    """

    def __init__(
        self,
        host: EndpointConfig | None = None,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        idle_minutes: float = 60,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain=domain, event_broker=event_broker, **kwargs)
        self._idle_seconds = idle_minutes * 60
        self._touched: dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation and start its pause anew."""
        self._drop_expired()
        self._touched[tracker.sender_id] = time.monotonic()
        await super().save(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, unless its pause was too long."""
        self._drop_expired()
        return await super().retrieve(sender_id)

    def forget(self, sender_id: str) -> None:
        """Drop a conversation with everything in it."""
        self._touched.pop(sender_id, None)
        self.store.pop(sender_id, None)

    def _drop_expired(self) -> None:
        limit = time.monotonic() - self._idle_seconds
        for sender_id in [key for key, touched in self._touched.items() if touched < limit]:
            self.forget(sender_id)
