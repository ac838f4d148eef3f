"""Caseworkers' replies out: taken from the outbox, opened here, sent to the chat that their route names."""

import asyncio
import datetime as dt
import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.context import Gateway
from bot.gateway.genuine import letter_to_chat
from bot.gateway.sender import Undelivered, Unreachable
from bot.i18n import Button
from referral import outbox, session_scope
from referral.crypto import open_route
from referral.errors import ForgedRecord, RecordMismatch, SealBroken
from referral.outbox import OutboxItem

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
AT_ONCE = 20


class Delivery:
    """Deliver replies until cancelled; what cannot be delivered is noted for the staff."""

    def __init__(self, gateway: Gateway, engine: Engine) -> None:
        self._gateway = gateway
        self._engine = engine

    async def run(self) -> None:
        """Look for replies every second."""
        while True:
            try:
                for item in await asyncio.to_thread(self._due):
                    await self._deliver(item)
            except SQLAlchemyError as error:
                logger.error("The outbox cannot be read (%s); trying again.", type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _deliver(self, item: OutboxItem) -> None:
        try:
            await self._send(item)
        except Unreachable:
            await asyncio.to_thread(self._note, item, sent=False, permanent=True)
        except (ForgedRecord, RecordMismatch, SealBroken) as error:
            logger.error("A reply was refused: %s", error)
            await asyncio.to_thread(self._note, item, sent=False, permanent=True)
        except Undelivered:
            await asyncio.to_thread(self._note, item, sent=False, permanent=False)
        except Exception as error:
            logger.error("A reply could not be delivered: %s", type(error).__name__)
            await asyncio.to_thread(self._note, item, sent=False, permanent=False)
        else:
            await asyncio.to_thread(self._note, item, sent=True, permanent=False)

    async def _send(self, item: OutboxItem) -> None:
        keys, locales = self._gateway.keys, self._gateway.locales
        route = open_route(item.route_box, route_key=keys.route_key)
        manifest = self._gateway.organisation.manifest
        reply = letter_to_chat(item.sealed, route=route, keys=keys, manifest=manifest)
        sender = keys.pseudonym(route.chat_id)
        language = self._gateway.state.chat(sender).language or route.language
        rows = [
            [Button(locales.label("btn_write", language), f"write_case:{route.case_id.hex}")],
            [Button(locales.intent_label("case_status", language), "case_status")],
            [Button(locales.label("btn_exit", language), "quick_exit")],
        ]
        text = locales.text("relay_reply", language, text=reply["text"])
        await self._gateway.sender.say(route.chat_id, sender, text, rows)

    def _due(self) -> list[OutboxItem]:
        with session_scope(self._engine) as session:
            return outbox.due(session, now=dt.datetime.now(tz=dt.UTC), limit=AT_ONCE)

    def _note(self, item: OutboxItem, *, sent: bool, permanent: bool) -> None:
        with session_scope(self._engine) as session:
            if sent:
                outbox.mark_sent(session, id=item.id)
            else:
                outbox.mark_failed(session, id=item.id, permanent=permanent)
