"""Telegram at the edge: what the gateway sends is kept, and each call can be answered with a fault."""

import asyncio
import itertools
import json
from collections import deque
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

Message = dict[str, Any]
FLOOD = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 0}}
BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
OVERLOADED = {"ok": False, "error_code": 400, "description": "Bad Request: nobody knows why"}


class Telegram(BaseRequest):
    """Take the Bot API's calls; `faults` answer the next messages that are sent, `held` calls wait for their event."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.calls: list[str] = []
        self.faults: deque[dict[str, Any]] = deque()
        self.before_each: list[Any] = []
        self.held: dict[str, asyncio.Event] = {}
        self._numbers = itertools.count(1000)

    @property
    def read_timeout(self) -> float | None:
        """Return none: nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """Answer a call as Telegram would."""
        name = url.rsplit("/", 1)[-1]
        self.calls.append(name)
        if name in self.held:
            await self.held[name].wait()
        given: dict[str, Any] = dict(request_data.parameters) if request_data else {}
        if name != "sendMessage":
            return 200, json.dumps({"ok": True, "result": True}).encode()
        for act in self.before_each:
            act()
        if self.faults:
            fault = self.faults.popleft()
            return int(fault["error_code"]), json.dumps(fault).encode()
        message = {"message_id": next(self._numbers), "date": 1, "chat": {"id": given["chat_id"], "type": "private"}}
        markup = given.get("reply_markup") or {}
        self.sent.append(message | {"text": given["text"], "rows": markup.get("inline_keyboard", [])})
        return 200, json.dumps({"ok": True, "result": message | {"text": given["text"]}}).encode()

    def to(self, chat_id: int) -> list[Message]:
        """Return what was sent to a chat."""
        return [message for message in self.sent if message["chat"]["id"] == chat_id]


def bot_of(telegram: Telegram) -> Bot:
    """Return the library's bot on this stand-in."""
    return Bot("1:test", request=telegram, get_updates_request=telegram)


def payloads(message: Message) -> list[str]:
    """Return what a message's buttons say to the bot."""
    return [button["callback_data"].rpartition("!")[0] for row in message["rows"] for button in row]


def data_of(message: Message, payload: str) -> str:
    """Return the sealed data of a button."""
    found = [b["callback_data"] for row in message["rows"] for b in row]
    return str(next(data for data in found if data.rpartition("!")[0] == payload))
