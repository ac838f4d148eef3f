"""Which numbers people doubt, as the database said last: looked up beside the chats, never while somebody waits."""

import asyncio
import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.database import in_database
from referral.feedback.doubts import doubted_facts

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 20.0


class Doubts:
    """Keep `facts`, the doubted ones, up to date until cancelled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.facts: frozenset[str] = frozenset()

    async def run(self) -> None:
        """Look every twenty seconds."""
        while True:
            await self.look()
            await asyncio.sleep(PAUSE_SECONDS)

    async def look(self) -> None:
        """Ask the database once; keep what it said last when it does not answer."""
        try:
            self.facts = frozenset(await in_database(self._engine, doubted_facts))
        except SQLAlchemyError as error:
            logger.error("The doubted numbers cannot be read (%s); those of before stay.", type(error).__name__)
