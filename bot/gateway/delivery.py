"""Caseworkers' replies out: taken from the outbox and sent to the chat that their route names, as the person allowed.

The person's contract lies inside the encrypted route; what is outside of it is not sent, whoever asks for it.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.context import Gateway
from bot.gateway.contract import Deed, Plan, plan
from bot.gateway.database import in_database
from bot.gateway.genuine import letter_to_chat
from bot.gateway.letters import notice, reply_rows
from bot.gateway.sender import NotNow, Undelivered, Unreachable
from referral import outbox
from referral.crypto import Route, open_route
from referral.errors import ForgedRecord, RecordMismatch, SealBroken
from referral.outbox import OutboxItem
from referral.safe_contact import next_moment

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
AT_ONCE = 20
Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present moment."""
    return dt.datetime.now(tz=dt.UTC)


class Delivery:
    """Deliver replies until cancelled; what cannot be delivered is noted for the staff."""

    def __init__(self, gateway: Gateway, *, clock: Clock = utc_now) -> None:
        self._gateway = gateway
        self._clock = clock

    async def run(self) -> None:
        """Look for replies every second."""
        while True:
            try:
                await self.round()
            except SQLAlchemyError as error:
                logger.error("The outbox cannot be read (%s); trying again.", type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def round(self) -> None:
        """Deliver what is due now."""
        for item in await in_database(self._gateway.engine, outbox.due, now=self._clock(), limit=AT_ONCE):
            await self._deliver(item)

    async def _deliver(self, item: OutboxItem) -> None:
        try:
            await self._act(item)
        except Unreachable:
            await in_database(self._gateway.engine, outbox.mark_failed, id=item.id, permanent=True)
        except (ForgedRecord, RecordMismatch, SealBroken) as error:
            logger.error("A reply was refused: %s", error)  # tried again: the list of keys may be about to change
            await in_database(self._gateway.engine, outbox.mark_failed, id=item.id, permanent=False)
        except Undelivered:
            await in_database(self._gateway.engine, outbox.mark_failed, id=item.id, permanent=False)
        except SQLAlchemyError:
            raise
        except Exception as error:
            logger.error("A reply could not be delivered: %s", type(error).__name__)
            await in_database(self._gateway.engine, outbox.mark_failed, id=item.id, permanent=False)

    async def _act(self, item: OutboxItem) -> None:
        keys = self._gateway.keys
        route = open_route(item.route_box, route_key=keys.route_key)
        manifest = self._gateway.organisation.manifest
        body = letter_to_chat(item.sealed, route=route, keys=keys, manifest=manifest)
        found = plan(route.safe_contact, kind=str(body["kind"]), chosen=body.get("window"), now=self._clock())
        if found.deed is Deed.WITHHOLD:
            await in_database(self._gateway.engine, outbox.mark_withheld, id=item.id)
        elif found.until is not None:
            await in_database(self._gateway.engine, outbox.postpone, id=item.id, until=found.until)
        else:
            await self._send(item, route, body, found)

    async def _send(self, item: OutboxItem, route: Route, body: dict[str, Any], found: Plan) -> None:
        """Send it and note it; a moment that passes while Telegram is slow is the next day's."""
        locales, sender = self._gateway.locales, self._gateway.keys.pseudonym(route.chat_id)
        language = self._gateway.state.chat(sender).language or route.language
        whole = found.deed is Deed.WHOLE
        if whole:
            text = locales.text("relay_reply", language, text=body["text"])
            rows = reply_rows(locales, language, route.case_id)
        else:
            text, rows = notice(locales, language, item.id)
        try:
            await self._gateway.sender.say(
                route.chat_id, sender, text, rows, allowed=lambda: found.allows(self._clock())
            )
        except NotNow:
            until = next_moment(str(found.window), now=self._clock())
            await in_database(self._gateway.engine, outbox.postpone, id=item.id, until=until)
            return
        if whole:
            await in_database(self._gateway.engine, outbox.mark_sent, id=item.id)
        else:
            await in_database(self._gateway.engine, outbox.mark_notified, id=item.id, now=self._clock())
