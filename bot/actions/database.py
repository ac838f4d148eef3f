"""The action server's one way to the case database."""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.settings import Settings
from referral import engine_for, session_scope

Result = TypeVar("Result")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the engine of this process, made on first use."""
    return engine_for(Settings.from_env().database_url_of("actions"))


async def in_transaction(work: Callable[[Session], Result]) -> Result:
    """Run `work` in one transaction on a thread of its own: committed when it returns, undone when it raises."""

    def run() -> Result:
        with session_scope(engine()) as session:
            return work(session)

    return await asyncio.to_thread(run)
