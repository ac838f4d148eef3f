"""What the tests of the chat share."""

from collections.abc import Iterator

import pytest

from tests.bot.chat.world import ChatWorld, chat_world
from tests.referral.conftest import World, first_on_postgresql, first_on_sqlite, world

__all__ = ["chats", "first_on_postgresql", "first_on_sqlite", "world"]


@pytest.fixture
def chats(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatWorld]:
    """People in chats with the gateway, over a fresh database."""
    with chat_world(world, monkeypatch) as made:
        yield made
