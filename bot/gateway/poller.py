"""Updates in: our own loop, because the library's acknowledges before it processes (41 of 60 lost in a crash)."""

import asyncio
import contextlib
import json
import logging

from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.gateway.context import Gateway
from bot.gateway.inbox import Inbox
from bot.gateway.incoming import read_update
from bot.gateway.worker import ChatWorker

logger = logging.getLogger(__name__)
LONG_POLL_SECONDS = 25
BUSY_PAUSE = 0.2
FAULT_PAUSE = 1.0
IDLE_WORKERS = 2000
ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class Poller:
    """Fetch updates, hand each to its chat's worker, acknowledge what is done."""

    def __init__(self, bot: Bot, gateway: Gateway) -> None:
        self._bot = bot
        self._gateway = gateway
        self._inbox = Inbox()
        self._under_way: dict[int, Update] = {}
        self._kept: set[int] = set()
        self._workers: dict[str, ChatWorker] = {}
        self.healthy = False

    async def run(self) -> None:
        """Poll until cancelled; raise `InvalidToken` when Telegram does not know the bot."""
        self._resume()
        while True:
            try:
                updates = await self._fetch()
                self.healthy = True
            except (Conflict, RetryAfter, NetworkError) as error:
                self.healthy = False
                logger.warning("Telegram's updates cannot be fetched (%s); trying again.", type(error).__name__)
                await asyncio.sleep(FAULT_PAUSE)
                continue
            for update in updates:
                self._dispatch(update)
            if self._inbox.busy:
                await asyncio.sleep(BUSY_PAUSE)

    async def drain(self, seconds: float) -> None:
        """Give what is under way some seconds, then confirm what is done; the rest comes again at the next start."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._inbox.empty.wait(), timeout=seconds)
        if self._inbox.offset is not None:
            try:
                await self._bot.get_updates(offset=self._inbox.offset, limit=1, timeout=0)
            except TelegramError as error:
                logger.info(
                    "The last updates could not be confirmed (%s); they are known as done.", type(error).__name__
                )

    def _resume(self) -> None:
        """Take up what the last run had acknowledged early and not finished."""
        for content in self._gateway.state.kept():
            update = Update.de_json(json.loads(content), self._bot)
            self._kept.add(update.update_id)
            self._dispatch(update)

    async def _fetch(self) -> tuple[Update, ...]:
        self._keep_early()
        timeout = LONG_POLL_SECONDS if self.healthy and not self._inbox.busy else 0
        return await self._bot.get_updates(
            offset=self._inbox.offset,
            timeout=timeout,
            allowed_updates=ALLOWED_UPDATES,
            read_timeout=timeout + 10,
        )

    def _keep_early(self) -> None:
        for update_id in self._inbox.early:
            if update_id not in self._kept:
                self._gateway.state.keep(update_id, self._under_way[update_id].to_json())
                self._kept.add(update_id)

    def _finished(self, update_id: int) -> None:
        self._inbox.done(update_id)
        self._under_way.pop(update_id, None)
        if update_id in self._kept:
            self._kept.discard(update_id)
            self._gateway.state.drop(update_id)

    def _dispatch(self, update: Update) -> None:
        if not self._inbox.take(update.update_id):
            return
        self._under_way[update.update_id] = update
        incoming = read_update(update)
        if incoming is None or self._gateway.state.stage(update.update_id) == "done":
            self._finished(update.update_id)
            return
        sender = self._gateway.keys.pseudonym(incoming.chat_id)
        worker = self._workers.get(sender)
        if worker is None:
            self._drop_idle()
            worker = self._workers[sender] = ChatWorker(self._gateway, sender, self._finished)
        try:
            worker.accept(incoming)
        except Exception as error:  # it stays unconfirmed and comes again at the next start; others must not wait
            logger.error("A message could not be taken in: %s", type(error).__name__)

    def _drop_idle(self) -> None:
        if len(self._workers) >= IDLE_WORKERS:
            self._workers = {sender: worker for sender, worker in self._workers.items() if not worker.idle}
