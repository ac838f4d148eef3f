"""People in chats with the gateway, over the database of `tests.referral`."""

import asyncio
import dataclasses
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.actions import database
from bot.gateway.alerts import Alerts
from bot.gateway.codes import Codes
from bot.gateway.context import Gateway
from bot.gateway.danger import DangerGate, load_gate
from bot.gateway.delivery import Clock, Delivery, utc_now
from bot.gateway.doubts import Doubts
from bot.gateway.gaps import Gaps
from bot.gateway.incoming import Incoming, InputKind, command_name
from bot.gateway.keys import Published, load_keys
from bot.gateway.pace import Pace
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sender import Sender
from bot.gateway.shown import Shown
from bot.gateway.state import State
from bot.gateway.throttle import Throttle
from bot.gateway.words import load_words
from bot.gateway.worker import ChatWorker
from bot.i18n import LOCALES_DIR, Locales, load_locales
from bot.released import Followed, Released
from referral import RETENTION_DAYS
from tests.bot.chat.dialogue import Dialogue
from tests.bot.chat.telegram import Message, Telegram, bot_of, data_of, payloads
from tests.databases import address
from tests.referral.conftest import World

LOCALES: Locales = load_locales()
GATE: DangerGate = load_gate(LOCALES_DIR, models=None)
UPDATES = itertools.count(900_000_001)


@dataclass
class ChatWorld:
    """The gateway with its parts, and the people who write to it."""

    world: World
    telegram: Telegram
    dialogue: Dialogue
    gateway: Gateway

    def person(self, chat_id: int = 5) -> "Person":
        """Return somebody with a private chat."""
        return Person(self, chat_id, ChatWorker(self.gateway, self.gateway.keys.pseudonym(chat_id), lambda _id: None))

    async def deliver(self, clock: Clock = utc_now) -> None:
        """Let the gateway deliver what is due."""
        await Delivery(self.gateway, clock=clock).round()

    async def alert(self) -> None:
        """Let the gateway send what is due to colleagues."""
        await Alerts(self.gateway).round()


@dataclass
class Person:
    """Somebody who writes, presses and reads."""

    chats: ChatWorld
    chat_id: int
    worker: ChatWorker
    seen: int = field(default=0)

    @property
    def sender(self) -> str:
        """Return the name by which the gateway's state knows the chat."""
        return self.chats.gateway.keys.pseudonym(self.chat_id)

    @property
    def messages(self) -> list[Message]:
        """Return everything on the screen."""
        return self.chats.telegram.to(self.chat_id)

    @property
    def new(self) -> list[Message]:
        """Return what has come since the person's last step."""
        return self.messages[self.seen :]

    @property
    def text(self) -> str:
        """Return the words of what has come since the person's last step."""
        return "\n".join(message["text"] for message in self.new)

    async def send(self, text: str) -> None:
        """Write a text or a command and wait until it is handled."""
        await self.again(self.written(text))

    async def press(self, payload: str, *, on: Message | None = None) -> None:
        """Press the newest button with this payload, or the one on a message."""
        message = on or next(m for m in reversed(self.messages) if payload in payloads(m))
        await self.press_data(data_of(message, payload), message["message_id"])

    async def press_data(self, data: str, message_id: int) -> None:
        """Press a button of which only its data is known."""
        await self.again(self._press_of(data, message_id))

    async def again(self, incoming: Incoming) -> None:
        """Let an update come once more."""
        self.seen = len(self.messages)
        self.worker.accept(incoming)
        await self.idle()

    async def idle(self) -> None:
        """Wait until everything is handled."""
        await self.beside()
        if self.worker._task is not None:
            await self.worker._task

    async def beside(self) -> None:
        """Wait until what is shown beside the chat's queue is shown."""
        await asyncio.gather(*self.worker._asides, return_exceptions=True)

    def written(self, text: str) -> Incoming:
        """Return the update of a text or a command."""
        kind = InputKind.COMMAND if command_name(text) else InputKind.TEXT
        return Incoming(next(UPDATES), self.chat_id, kind, text, next(UPDATES), None, "en")

    def pressed(self, payload: str, *, on: Message) -> Incoming:
        """Return the update of a button on a message."""
        return self._press_of(data_of(on, payload), on["message_id"])

    def _press_of(self, data: str, message_id: int) -> Incoming:
        return Incoming(next(UPDATES), self.chat_id, InputKind.BUTTON, data, message_id, "1", "en")


@contextmanager
def chat_world(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatWorld]:
    """Make the gateway over a database; its actions work on the same one."""
    monkeypatch.setenv("KORPU_DATA_DIR", str(world.data_dir))
    monkeypatch.setenv("KORPU_DATABASE_URL_ACTIONS", address(world.bot))
    database.engine.cache_clear()
    keys = dataclasses.replace(load_keys(world.data_dir), code_pepper=bytes(16))  # as the codes of `tests.referral`
    state, telegram, dialogue = State(world.data_dir / "gateway.db", keys.route_key), Telegram(), Dialogue()
    gateway = Gateway(
        keys=keys,
        published=Published(world.data_dir, retention_days=RETENTION_DAYS),
        live=Followed(Released(world.data_dir, LOCALES_DIR), lambda _folder: Shown(LOCALES, GATE, load_words())),
        state=state,
        sender=Sender(bot_of(telegram), state=state, callback_key=keys.callback_key, pace=Pace(per_second=1e6)),
        rasa=cast(RasaClient, dialogue),
        codes=Codes(keys.code_pepper, Throttle(state)),
        engine=world.relay,
        doubts=Doubts(world.relay),
        gaps=Gaps(world.relay, data_dir=world.data_dir, index_key=keys.index_key),
    )
    yield ChatWorld(world, telegram, dialogue, gateway)
    gateway.gaps.close()
    state.close()
    database.engine().dispose()
    database.engine.cache_clear()
