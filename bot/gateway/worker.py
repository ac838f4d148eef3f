"""One worker a chat: messages of one person in order, people beside each other, and danger ahead of everything."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.gateway.context import Gateway
from bot.gateway.conversation import Conversation
from bot.gateway.danger import Finding
from bot.gateway.incoming import Incoming, InputKind
from bot.gateway.rasa_client import RasaUnavailable
from bot.gateway.sender import Undelivered, Unreachable

logger = logging.getLogger(__name__)
TRIES = 4
RETRY_SECONDS = 0.5
SLOW_SECONDS = 8.0  # as long as somebody looks at a silent chat before they give up
MANY_WAITING = 15
Task = asyncio.Task[None]


class ChatWorker:
    """Handle the messages of one chat one after the other."""

    def __init__(self, gateway: Gateway, sender: str, done: Callable[[int], None]) -> None:
        self._gateway = gateway
        self._sender = sender
        self._done = done
        self._queue: asyncio.Queue[tuple[Incoming, Finding | None, Task | None]] = asyncio.Queue()
        self._task: Task | None = None
        self._asides: dict[Task, Incoming | None] = {}  # with the message that is done when it is stopped
        self._acknowledging: set[Task] = set()
        self._one_aside = asyncio.Lock()
        self._current: Incoming | None = None
        self._told_to_wait = False

    @property
    def idle(self) -> bool:
        """Tell whether nothing is under way or waiting."""
        return self._queue.empty() and self._current is None and not (self._asides or self._acknowledging)

    def accept(self, incoming: Incoming) -> None:
        """Take a message in: first the danger gate, at once, then its turn; a way out overtakes everything.

        What a caseworker has sent is shown at once too, because messages before it may be waiting for Rasa. Nothing is
        awaited here: a story must not overtake the button before it because Telegram was slow to hear of the button.
        """
        if incoming.kind is InputKind.BUTTON and incoming.callback_id is not None:
            acknowledging = asyncio.create_task(self._gateway.sender.acknowledge(incoming.callback_id))
            self._acknowledging.add(acknowledging)
            acknowledging.add_done_callback(self._acknowledging.discard)
        elif incoming.message_id is not None:
            self._gateway.state.note_message(self._sender, incoming.message_id)
        conversation = self._conversation(incoming, None)
        finding = conversation.finding = self._finding(conversation)
        if conversation.asks_for_what_waits:
            self._beside(self._show_aside(conversation), incoming)
            return
        card = None if finding is None else self._beside(self._show_card(conversation, finding))
        left = self._abandon(card) if conversation.leaves else []
        self._queue.put_nowait((incoming, finding, card))
        if self._queue.qsize() == MANY_WAITING:
            self._beside(self._quietly(conversation.say("too_fast")))
        if self._task is None or self._task.done() or left:
            self._task = asyncio.create_task(self._work(left))

    def _abandon(self, but: Task | None) -> list[Task]:
        """Stop everything and drop what waits: the person leaves, and it is to be wiped. Return what has to end yet."""
        under_way = [self._task] if self._task is not None and not self._task.done() else []
        ending = [*under_way, *(task for task in self._asides if task is not but)]
        for task in ending:
            task.cancel()
            if (shown := self._asides.get(task)) is not None:
                self._finish(shown)
        if self._current is not None:
            self._finish(self._current)
            self._current = None
        while not self._queue.empty():
            self._finish(self._queue.get_nowait()[0])
        return ending

    def _beside(self, work: Coroutine[Any, Any, None], incoming: Incoming | None = None) -> Task:
        task = asyncio.create_task(work)
        self._asides[task] = incoming
        task.add_done_callback(lambda ended: self._asides.pop(ended, None))
        return task

    def _finding(self, conversation: Conversation) -> Finding | None:
        incoming = conversation.incoming
        if incoming.kind is InputKind.BUTTON or not incoming.text:
            return None
        return self._gateway.gate.check(incoming.text, language=conversation.chat.language)

    async def _show_card(self, conversation: Conversation, finding: Finding) -> None:
        """Show the emergency card at once, once an update."""
        state, update_id = self._gateway.state, conversation.incoming.update_id
        if state.stage(update_id) is not None:
            return
        card = f"card_{finding.danger.value}"
        try:
            await self._quietly(conversation.say(card, language=conversation.chat.language or finding.language))
        except Exception as error:
            logger.error("An emergency card could not be shown (%s); the message itself is answered.", _where(error))
        else:
            state.set_stage(update_id, "gated")

    async def _show_aside(self, conversation: Conversation) -> None:
        """Show what waits for the chat, beside whatever its queue is busy with."""
        await self._until_shown(conversation)
        self._finish(conversation.incoming)

    async def _until_shown(self, conversation: Conversation) -> None:
        try:
            async with self._one_aside:
                await conversation.show_what_waits()
        except Unreachable:
            logger.info("A person has blocked the bot; what waits for them goes on waiting.")
        except Exception as error:
            logger.error("What waits for a chat could not be shown (%s); the person is told.", _where(error))
            await self._quietly(conversation.say("status_failed"))

    async def _work(self, left: list[Task]) -> None:
        await asyncio.gather(*left, return_exceptions=True)
        while not self._queue.empty():
            incoming, finding, card = self._queue.get_nowait()
            self._current = incoming
            if card is not None:
                await asyncio.wait([card])
            await self._until_done(incoming, finding)
            self._finish(incoming)
            self._current = None

    def _finish(self, incoming: Incoming) -> None:
        self._gateway.state.set_stage(incoming.update_id, "done")
        self._done(incoming.update_id)

    async def _until_done(self, incoming: Incoming, finding: Finding | None) -> None:
        failures = 0
        while failures < TRIES:
            conversation = self._conversation(incoming, finding)
            try:
                await self._handle(conversation)
            except RasaUnavailable as error:
                await self._wait_for_rasa(conversation, error)
            except Unreachable:
                logger.info("A person has blocked the bot; the reply to update %s is dropped.", incoming.update_id)
                return
            except Exception as error:
                failures += 1
                logger.error("Update %s failed (%s), try %s.", incoming.update_id, _where(error), failures)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self._told_to_wait = False
                return
        logger.error("Update %s is given up after %s tries; the person is told.", incoming.update_id, TRIES)
        await self._quietly(self._conversation(incoming, finding).say("message_parked"))

    async def _handle(self, conversation: Conversation) -> None:
        """Handle a message; tell the person once that it takes long, if it does."""
        handling = asyncio.ensure_future(conversation.handle())
        try:
            await asyncio.wait([handling], timeout=SLOW_SECONDS)
            if not handling.done():
                await self._tell_to_wait(conversation, "it is slow")
            await handling
        finally:
            handling.cancel()  # who leaves must not get one more message after the chat was wiped
            await asyncio.gather(handling, return_exceptions=True)

    async def _wait_for_rasa(self, conversation: Conversation, error: RasaUnavailable) -> None:
        await self._tell_to_wait(conversation, str(error))
        await asyncio.sleep(RETRY_SECONDS)

    async def _tell_to_wait(self, conversation: Conversation, why: str) -> None:
        if not self._told_to_wait:
            self._told_to_wait = True
            logger.warning("Rasa does not answer (%s); messages wait for it.", why)
            await self._quietly(conversation.say("try_again_soon"))

    def _conversation(self, incoming: Incoming, finding: Finding | None) -> Conversation:
        return Conversation(self._gateway, incoming, self._sender, self._gateway.state.chat(self._sender), finding)

    async def _quietly(self, sending: Awaitable[None]) -> None:
        """Await a notice whose failure must not stop the message itself."""
        try:
            await sending
        except (Unreachable, Undelivered) as error:
            logger.warning("A notice could not be sent: %s", type(error).__name__)


def _where(error: BaseException) -> str:
    """Return the error's type and place; its words could hold what a person wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
