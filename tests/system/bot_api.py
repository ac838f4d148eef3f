"""A Bot API server that shares nothing with our sandbox: the least that Telegram's documentation promises.

The simulated people live in the test's own process, so that a hundred of them cost nothing. They are used like those of
`bot.sandbox.client`: `send`, `press`, `expect`, `messages`.
"""

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

TOKEN = "7000001:a-bot-of-another-server"
ME = {"id": 7000001, "is_bot": True, "first_name": "Bridge", "username": "bridge_test_bot"}
Message = dict[str, Any]


class BotApi:
    """Serve one bot; keep an update until it is acknowledged by a higher offset."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.calls: Counter[str] = Counter()
        self._updates: deque[dict[str, Any]] = deque()
        self._update_ids = itertools.count(500_000_001)
        self._message_ids = itertools.count(100)
        self._arrived = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> "BotApi":
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def person(self, name: str, language: str = "en") -> "Person":
        """Add a person."""
        person = Person(self, 880_000_000 + len(self.people), name, language)
        self.people[person.id] = person
        return person

    def add_update(self, kind: str, content: dict[str, Any]) -> None:
        """Put an update in the queue."""
        self._updates.append({"update_id": next(self._update_ids), kind: content})
        self._arrived.set()

    def new_message(self, person: "Person", sender: dict[str, Any], **content: Any) -> Message:
        """Add a message to a chat."""
        message = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": {"id": person.id, "type": "private", "first_name": person.name},
            "from": sender,
            **content,
        }
        person.chat[message["message_id"]] = message
        person.changed.set()
        return message

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        name = request.match_info["method"].lower()
        self.calls[name] += 1
        given = {key: _parsed(str(value)) for key, value in {**request.query, **await request.post()}.items()}
        handler = getattr(self, f"_{name}", None)
        if handler is None:
            return web.json_response({"ok": True, "result": _DEFAULTS.get(name, True)})
        result = await handler(given)
        return result if isinstance(result, web.Response) else web.json_response({"ok": True, "result": result})

    async def _getme(self, _given: dict[str, Any]) -> Any:
        return ME

    async def _getupdates(self, given: dict[str, Any]) -> Any:
        offset = int(given.get("offset") or 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates and given.get("timeout"):
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), float(given["timeout"]))
            except TimeoutError:
                return []
        return list(itertools.islice(self._updates, 100))

    async def _sendmessage(self, given: dict[str, Any]) -> Any:
        person = self.people.get(int(given["chat_id"]))
        if person is None:
            return _error(400, "Bad Request: chat not found")
        text = str(given["text"])
        if not text.strip() or len(text.encode("utf-16-le")) // 2 > 4096 + text.count("<") * 8:
            return _error(400, "Bad Request: message text is empty or too long")
        content = {"text": _without_tags(text)}
        if given.get("reply_markup"):
            content["reply_markup"] = given["reply_markup"]
        return self.new_message(person, ME, **content)

    async def _editmessagereplymarkup(self, given: dict[str, Any]) -> Any:
        message = self.people[int(given["chat_id"])].chat.get(int(given["message_id"]))
        if message is None or "reply_markup" not in message:
            return _error(400, "Bad Request: message is not modified")
        message.pop("reply_markup")
        return message

    async def _deletemessages(self, given: dict[str, Any]) -> Any:
        person = self.people[int(given["chat_id"])]
        for message_id in given["message_ids"]:
            person.chat.pop(int(message_id), None)
        person.changed.set()
        return True


class Person:
    """One person with a private chat."""

    def __init__(self, api: BotApi, person_id: int, name: str, language: str) -> None:
        self._api = api
        self.id, self.name, self.language = person_id, name, language
        self.chat: dict[int, Message] = {}
        self.changed = asyncio.Event()
        self.seen = 0

    async def send(self, text: str) -> int:
        """Write a text; what comes after it is new."""
        self.seen = max(self.chat, default=self.seen)
        self._api.add_update("message", self._api.new_message(self, self._user(), text=text))
        return 0

    async def press(self, button: str) -> int:
        """Press the newest button with this title or payload."""
        for message in reversed(list(self.chat.values())):
            for entry in buttons(message):
                if button in {entry["text"], payload_of(entry)}:
                    self.seen = max(self.chat, default=self.seen)
                    self.press_on(message, entry)
                    return 0
        raise AssertionError(f"There is no button {button!r}.")

    def press_on(self, message: Message, entry: dict[str, str]) -> None:
        """Press one button of one message."""
        query = {
            "id": str(time.monotonic_ns()),
            "from": self._user(),
            "chat_instance": "9",
            "data": entry["callback_data"],
        }
        self._api.add_update("callback_query", query | {"message": message})

    async def expect(self, wanted: str | Callable[[Message], bool], seconds: float = 20.0) -> Message:
        """Return the first new message of the bot that contains a text or fulfils a predicate."""
        fits = (lambda m: wanted in m["text"]) if isinstance(wanted, str) else wanted
        async with asyncio.timeout(seconds):
            while True:
                self.changed.clear()
                for message in list(self.chat.values()):
                    if message["from"] is ME and message["message_id"] > self.seen and fits(message):
                        return message
                await self.changed.wait()

    async def messages(self) -> list[Message]:
        """Return the messages that are on the screen."""
        return list(self.chat.values())

    def _user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}


_DEFAULTS: dict[str, Any] = {
    "getmycommands": [],
    "getmydescription": {"description": ""},
    "getmyshortdescription": {"short_description": ""},
}


def buttons(message: Message) -> list[dict[str, str]]:
    """Return the inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def payload_of(entry: dict[str, str]) -> str:
    """Return what a button says to the bot, without its seal."""
    return entry["callback_data"].rpartition("!")[0]


def _parsed(value: str) -> Any:
    return json.loads(value) if value[:1] in {"{", "["} else value


def _without_tags(text: str) -> str:
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        text = text.replace(tag, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _error(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
