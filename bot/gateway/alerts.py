"""Content-free messages to colleagues on call: that there is a new request, that one waits too long."""

import asyncio
import datetime as dt
import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.context import Gateway
from bot.gateway.database import in_database
from bot.gateway.delivery import AT_ONCE, Clock, utc_now
from bot.gateway.sender import Undelivered, Unreachable
from referral import oncall
from referral.crypto import open_on_call
from referral.oncall import AlertItem

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


class Alerts:
    """Send the messages to colleagues until cancelled; what they say is fixed in our own texts."""

    def __init__(self, gateway: Gateway, *, clock: Clock = utc_now) -> None:
        self._gateway = gateway
        self._clock = clock

    async def run(self) -> None:
        """Look for messages every two seconds."""
        while True:
            try:
                await self.round()
            except SQLAlchemyError as error:
                logger.error("The messages to colleagues cannot be read (%s); trying again.", type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def round(self) -> None:
        """Send what is due now."""
        for item in await in_database(self._gateway.engine, oncall.due, now=self._clock(), limit=AT_ONCE):
            await self._deliver(item)

    async def _deliver(self, item: AlertItem) -> None:
        try:
            await self._send(item)
        except Unreachable:
            await self._failed(item, permanent=True, now=self._clock())
        except Undelivered:
            await self._failed(item, permanent=False, now=self._clock())
        except Exception as error:
            logger.error("A message to a colleague could not be sent: %s", type(error).__name__)
            await self._failed(item, permanent=False, now=self._clock())
        else:
            await in_database(self._gateway.engine, oncall.mark_sent, id=item.id)

    async def _send(self, item: AlertItem) -> None:
        locales, keys = self._gateway.locales, self._gateway.keys
        colleague = open_on_call(item.route_box, route_key=keys.route_key)
        sender = keys.pseudonym(colleague.chat_id)
        language = self._gateway.state.chat(sender).language or colleague.language
        text = locales.text(f"alert_{item.kind}", language, count=item.detail, words=item.detail)
        rows = locales.buttons(f"alert_{item.kind}", language)
        await self._gateway.sender.say(colleague.chat_id, sender, text, rows)

    async def _failed(self, item: AlertItem, *, permanent: bool, now: dt.datetime) -> None:
        await in_database(self._gateway.engine, oncall.mark_failed, id=item.id, permanent=permanent, now=now)
