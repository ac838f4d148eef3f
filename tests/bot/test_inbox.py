"""What Telegram may forget, and when."""

from bot.gateway.inbox import MOST_HELD_BACK, Inbox


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
