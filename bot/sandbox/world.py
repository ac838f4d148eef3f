"""The simulated people, their chats with the bot, and the updates that wait for it."""

import asyncio
import contextlib
import itertools
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

BOT_ID = 1
BOT = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Körpü",
    "username": "korpu_sandbox_bot",
    "can_join_groups": False,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
DELETABLE_SECONDS = 48 * 3600


class BotApiError(Exception):
    """An error answer of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Person:
    """One simulated person with a private chat."""

    id: int
    name: str
    language: str
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: bool = False
    toast: str | None = None
    typing_until: float = 0.0
    pressed: set[int] = field(default_factory=set)

    def user(self) -> dict[str, Any]:
        """Return Telegram's User."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def chat(self) -> dict[str, Any]:
        """Return Telegram's private Chat."""
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass
class Fault:
    """The next calls of a method that go wrong: `status` 429, 502, or 0 for a cut connection."""

    method: str
    left: int
    status: int
    retry_after: int = 1


class World:
    """Everything that the stand-in knows, in memory."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.webhook: dict[str, Any] = {"url": ""}
        self.callbacks: dict[str, tuple[int, int, float]] = {}
        self.faults: list[Fault] = []
        self.calls: Counter[str] = Counter()
        self.limit_per_second: int | None = None
        self.sent_at: deque[float] = deque()
        self.clock_offset = 0.0
        self.version = 0
        self.changed = asyncio.Condition()
        self.pollers = 0
        self._ids = itertools.count(int(time.time()) * 10)  # a restarted sandbox must not meet the state of old people
        self._update_ids = itertools.count(int(time.time()) % 1_000_000 * 100 + 1)
        self._message_ids = itertools.count(1)
        self._callback_ids = itertools.count(1)

    def now(self) -> float:
        """Return the simulated time in seconds."""
        return time.time() + self.clock_offset

    def add_person(self, name: str, language: str) -> Person:
        """Add a person who has not written yet."""
        person = Person(id=next(self._ids), name=name, language=language)
        self.people[person.id] = person
        return person

    def person(self, chat_id: Any) -> Person:
        """Return a person; raise as Telegram does for an unknown or blocked chat."""
        try:
            person = self.people[int(chat_id)]
        except (KeyError, TypeError, ValueError):
            raise BotApiError(400, "Bad Request: chat not found") from None
        if person.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        return person

    def new_message(self, person: Person, *, from_bot: bool, **content: Any) -> dict[str, Any]:
        """Add a message to a chat."""
        message = {
            "message_id": next(self._message_ids),
            "date": int(self.now()),
            "chat": person.chat(),
            "from": BOT if from_bot else person.user(),
            **content,
        }
        person.messages[message["message_id"]] = message
        return message

    async def add_update(self, kind: str, content: dict[str, Any]) -> int:
        """Put an update in the bot's queue."""
        update_id = next(self._update_ids)
        self.updates.append({"update_id": update_id, kind: content})
        await self.touch()
        return update_id

    def new_callback(self, person: Person, message_id: int) -> str:
        """Return a callback id that can be answered once."""
        key = f"{person.id}{next(self._callback_ids):08d}"
        self.callbacks[key] = (person.id, message_id, self.now())
        person.pressed.add(message_id)
        return key

    async def touch(self) -> None:
        """Tell everyone who waits that something has changed."""
        async with self.changed:
            self.version += 1
            self.changed.notify_all()

    async def wait_change(self, version: int, seconds: float) -> int:
        """Return the version once it differs from the given one, or after some seconds."""
        async with self.changed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.changed.wait_for(lambda: self.version != version), seconds)
            return self.version

    def deletable(self, message: dict[str, Any]) -> bool:
        """Tell whether a bot may still delete a message."""
        return bool(message["date"] > self.now() - DELETABLE_SECONDS)
