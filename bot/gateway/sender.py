"""Sending: paced under Telegram's limit, repeated through faults, never lost in silence."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.gateway.callbacks import seal_payload
from bot.gateway.markup import plain, split, well_formed
from bot.gateway.pace import Pace
from bot.gateway.state import State
from bot.i18n import Button

logger = logging.getLogger(__name__)
TRIES = 8
LONGEST_PAUSE = 30.0
Result = TypeVar("Result")


def always() -> bool:
    """Allow a message at any moment."""
    return True


class Unreachable(Exception):
    """The person has blocked the bot or the chat is gone; there is nothing to retry."""


class NotNow(Exception):
    """The message may not be sent at this moment any more; what was not sent is to be tried later."""


class Undelivered(Exception):
    """Telegram did not take the message after many tries."""


class Sender:
    """Send texts with buttons to chats, and remember their numbers so that they can be wiped."""

    def __init__(self, bot: Bot, *, state: State, callback_key: bytes, pace: Pace | None = None) -> None:
        self._bot = bot
        self._state = state
        self._callback_key = callback_key
        self._pace = pace or Pace()

    async def say(
        self,
        chat_id: int,
        sender: str,
        text: str,
        rows: Sequence[Sequence[Button]] = (),
        *,
        allowed: Callable[[], bool] = always,
    ) -> int | None:
        """Send one text, in as many messages as it needs, the buttons under the last one; return that one's number.

        `allowed` is asked before every try. Raise `NotNow` when it says no, `Unreachable` when the person has blocked
        the bot, `Undelivered` when Telegram does not take it.
        """
        message_id = None
        parts = split(well_formed(text))
        for number, part in enumerate(parts, start=1):
            markup = self._markup(rows, sender) if rows and number == len(parts) else None
            message_id = await self._send(chat_id, part, markup, allowed)
            self._state.note_message(sender, message_id)
        return message_id

    async def acknowledge(self, callback_id: str, text: str | None = None) -> None:
        """Stop the pressed button's spinner; too late is no harm."""
        try:
            await self._paced(lambda: self._bot.answer_callback_query(callback_id, text=text), counts=False)
        except (BadRequest, Undelivered, Unreachable) as error:
            logger.info("A button press could not be acknowledged: %s", type(error).__name__)

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message whose question is answered; an old message is no harm."""
        try:
            await self._paced(
                lambda: self._bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
            )
        except (BadRequest, Undelivered, Unreachable) as error:
            logger.info("Buttons could not be removed: %s", type(error).__name__)

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete messages of both sides; tell whether Telegram took every one of them."""
        complete = True
        for start in range(0, len(message_ids), 100):
            chunk = list(message_ids[start : start + 100])
            try:
                await self._paced(lambda chunk=chunk: self._bot.delete_messages(chat_id, chunk))  # type: ignore[misc]
            except (BadRequest, Undelivered, Unreachable) as error:
                logger.info("Messages could not be deleted: %s", type(error).__name__)
                complete = False
        return complete

    async def _send(
        self, chat_id: int, text: str, markup: InlineKeyboardMarkup | None, allowed: Callable[[], bool]
    ) -> int:
        async def send(body: str, mode: str | None) -> int:
            message = await self._bot.send_message(
                chat_id,
                body,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                protect_content=True,
            )
            return message.message_id

        try:
            return await self._paced(lambda: send(text, ParseMode.HTML), allowed=allowed)
        except BadRequest as error:
            if "parse" not in error.message:
                raise Undelivered("Telegram refused the message") from error
            logger.warning("A text had markup that Telegram does not take; sent without it.")
            return await self._paced(lambda: send(plain(text), None), allowed=allowed)

    async def _paced(
        self, call: Callable[[], Awaitable[Result]], *, counts: bool = True, allowed: Callable[[], bool] = always
    ) -> Result:
        """Make a call, again and again through faults; `counts` tells that it is a message, which Telegram limits."""
        pause = 0.5
        for _attempt in range(TRIES):
            if counts:
                await self._pace.wait()
            if not allowed():
                raise NotNow
            try:
                return await call()
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error.retry_after))
            except Forbidden as error:
                raise Unreachable from error
            except BadRequest as error:
                if "chat not found" in error.message.lower():
                    raise Unreachable from error
                raise
            except (TimedOut, NetworkError) as error:
                logger.warning("Telegram did not answer (%s); trying again.", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        raise Undelivered(f"Telegram did not take the call in {TRIES} tries")

    def _markup(self, rows: Sequence[Sequence[Button]], sender: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(
                        b.title, callback_data=seal_payload(b.payload, sender=sender, key=self._callback_key)
                    )
                    for b in row
                ]
                for row in rows
            ]
        )


def _seconds(value: Any) -> float:
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)
