"""Hourly: a signed checkpoint of the audit log into a folder, and once a day its short form to who is on call."""

import asyncio
import datetime as dt
import logging
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from referral import oncall, session_scope
from referral.checkpoints import keep, make
from referral.db import scope

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 3600.0
RETRY_SECONDS = 60.0
DAILY = "checkpoint"


class Checkpointing:
    """Write checkpoints until cancelled; the folder should be copied to, or lie on, another machine."""

    def __init__(self, engine: Engine, *, folder: Path, signing_key: bytes, staff_of: UUID) -> None:
        self._engine = engine
        self._folder = folder
        self._signing_key = signing_key
        self._staff_of = staff_of
        self._last = ""
        self._told: dt.date | None = None

    async def run(self) -> None:
        """Write one every hour, if the log has grown."""
        while True:
            pause = PAUSE_SECONDS
            try:
                await asyncio.to_thread(self.write, dt.datetime.now(tz=dt.UTC))
            except (SQLAlchemyError, OSError) as error:
                logger.error("No checkpoint was written (%s); trying again.", type(error).__name__)
                pause = RETRY_SECONDS
            await asyncio.sleep(pause)

    def write(self, now: dt.datetime) -> bool:
        """Write a checkpoint of this moment; False when nothing was added to the log since the last one."""
        with session_scope(self._engine) as session:
            made = make(session, signing_key=self._signing_key, now=now)
            if made is None or made.short == self._last:
                return False
            if self._told != now.date():
                scope(session, organisation=self._staff_of)
                oncall.alert(session, organisation_id=self._staff_of, kind=DAILY, now=now, detail=made.short)
        keep(self._folder, made.line)
        self._last, self._told = made.short, now.date()
        return True
