"""What Telegram may forget, and when."""

import json
from pathlib import Path

from bot.gateway.inbox import MOST_HELD_BACK, Inbox
from bot.gateway.state import State


def test_nothing_is_confirmed_before_it_is_done() -> None:
    inbox = Inbox()
    assert [inbox.take(number) for number in (5, 6, 7)] == [True, True, True]
    inbox.done(6)
    assert inbox.offset == 5
    inbox.done(5)
    assert inbox.offset == 7
    inbox.done(7)
    assert (inbox.offset, inbox.busy) == (8, False)


def test_an_update_that_comes_again_is_not_taken_twice() -> None:
    inbox = Inbox()
    inbox.take(5)
    assert inbox.take(5) is False
    inbox.done(5)
    assert inbox.take(5) is False


def test_a_long_outage_does_not_hide_new_messages_behind_old_ones() -> None:
    inbox = Inbox()
    for number in range(1, 151):
        inbox.take(number)
    assert inbox.offset == 150 - MOST_HELD_BACK + 1


def test_what_is_confirmed_early_is_named_so_that_it_can_be_kept() -> None:
    inbox = Inbox()
    for update_id in range(1, MOST_HELD_BACK + 4):
        inbox.take(update_id)
    assert inbox.early == [1, 2, 3]
    assert inbox.offset == 4
    inbox.done(2)
    assert inbox.early == [1, 3]


def test_kept_updates_survive_and_are_not_readable(tmp_path: Path) -> None:
    state = State(tmp_path / "gateway.db", bytes(32))
    state.keep(8, '{"update_id": 8, "text": "canary"}')
    state.keep(7, '{"update_id": 7}')
    assert b"canary" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    state.close()
    again = State(tmp_path / "gateway.db", bytes(32))
    assert [json.loads(content)["update_id"] for content in again.kept()] == [7, 8]
    again.drop(7)
    assert len(again.kept()) == 1
