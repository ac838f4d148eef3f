"""The gateway's one way to the case database: its outbox and the ways to chats, nothing else."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import session_scope

P = ParamSpec("P")
Result = TypeVar("Result")


async def in_database(
    engine: Engine, deed: Callable[Concatenate[Session, P], Result], *args: P.args, **values: P.kwargs
) -> Result:
    """Do one thing of `referral` in a transaction of its own, on a thread."""

    def run() -> Result:
        with session_scope(engine) as session:
            return deed(session, *args, **values)

    return await asyncio.to_thread(run)
