"""Replies reach a chat only when and as the person allowed; what may not go out waits, and staff see it."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.gateway.callbacks import seal_payload
from bot.gateway.contract import Deed, plan
from bot.gateway.sealing import safe_contact
from referral import session_scope
from referral.crypto import seal_route
from referral.enums import OutboxState
from referral.models import OutboxRow, RouteRow
from referral.safe_contact import ANY, BAKU, HOURS, TYPED, WINDOWS, SafeContact
from referral.service.replying import reply
from tests.bot.chat.telegram import BLOCKED, FLOOD, payloads
from tests.bot.chat.world import ChatWorld

CHAT = 5
NOTICE_TEXT = "There is something new for you here."
EVENING = SafeContact(hours="evening")
FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + dt.timedelta(minutes=minutes))
CHOICES = st.fixed_dictionaries(
    {"contact": st.sampled_from(["push", "push_text"])},
    optional={"safe_time": st.sampled_from([ANY, *HOURS])},
)


@given(now=MOMENTS, choices=CHOICES, own_words=st.booleans(), chosen=st.sampled_from([None, *WINDOWS, "night"]))
@pytest.mark.parametrize("kind", ["reply", "consent"])
def test_nothing_leaves_outside_what_the_person_chose(
    kind: str, now: dt.datetime, choices: dict[str, str], own_words: bool, chosen: str | None
) -> None:
    contract = safe_contact(choices, {"safe_time": ["x"]} if own_words else {})
    found = plan(contract, kind=kind, chosen=chosen, now=now)
    hour = now.astimezone(BAKU).hour
    hours = chosen if own_words else choices.get("safe_time", ANY)
    if found.deed in {Deed.NOTICE, Deed.WHOLE}:
        assert hours in WINDOWS
        begin, end = HOURS.get(str(hours), (0, 24))
        assert begin <= hour < end
        assert found.allows(now)
    if found.deed is Deed.WHOLE:
        assert (choices["contact"], kind) == ("push_text", "reply")
    if found.deed is Deed.WITHHOLD:
        assert own_words
        assert chosen not in WINDOWS


@given(now=MOMENTS, hours=st.sampled_from(list(HOURS)))
def test_what_waits_goes_out_at_the_next_moment_that_is_safe(now: dt.datetime, hours: str) -> None:
    first = plan(SafeContact(hours=hours), kind="reply", chosen=None, now=now)
    if first.until is None:
        return
    assert now < first.until <= now + dt.timedelta(days=1)
    assert plan(SafeContact(hours=hours), kind="reply", chosen=None, now=first.until).deed is Deed.NOTICE
    assert plan(SafeContact(hours=hours), kind="reply", chosen=None, now=first.until - dt.timedelta(minutes=1)).until


def replied(
    chats: ChatWorld, contract: SafeContact, *, window: str | None = None, text: str = "come on Tuesday"
) -> UUID:
    """Return a case of chat 5 with a reply on its way, under this contract."""
    world = chats.world
    case = world.open(chat=CHAT)
    signed_in = world.take(case)
    with session_scope(world.engine) as session:
        route = session.scalars(select(RouteRow)).one()
        route.route_box = seal_route(
            CHAT,
            route_key=world.secret("route_key"),
            case_public_key=bytes(32),
            case_id=case,
            language="en",
            safe_contact=contract,
        )
        relay = world.public.relay_public_key
        reply(session, signed_in=signed_in, case_id=case, text=text, relay_public_key=relay, window=window)
    return case


def row(chats: ChatWorld) -> OutboxRow:
    """Return what stands in the outbox."""
    with session_scope(chats.world.engine) as session:
        found = session.scalars(select(OutboxRow)).one()
        session.expunge(found)
    return found


def at(hour: int) -> dt.datetime:
    """Return an hour of tomorrow in Baku."""
    tomorrow = dt.datetime.now(tz=BAKU) + dt.timedelta(days=1)
    return tomorrow.replace(hour=hour, minute=30).astimezone(dt.UTC)


async def test_a_reply_arrives_as_a_line_that_says_nothing_and_is_shown_when_asked_for(chats: ChatWorld) -> None:
    person, case = chats.person(CHAT), replied(chats, SafeContact())
    await chats.deliver()
    assert person.text == NOTICE_TEXT
    assert payloads(person.new[0]) == [f"read_reply:{row(chats).id.hex}"]
    assert (row(chats).state, row(chats).sealed is None) == (OutboxState.NOTIFIED, False)
    await person.press(f"read_reply:{row(chats).id.hex}")
    assert "come on Tuesday" in person.text
    assert payloads(person.new[0]) == [f"write_case:{case.hex}", "case_status", "quick_exit"]
    assert (row(chats).state, row(chats).sealed) == (OutboxState.SENT, None)
    assert chats.world.read(case).messages[-1].delivery == "sent"


async def test_the_whole_answer_appears_if_the_person_wanted_that(chats: ChatWorld) -> None:
    replied(chats, SafeContact(wording="full"))
    await chats.deliver()
    assert "come on Tuesday" in chats.person(CHAT).text
    assert row(chats).state is OutboxState.SENT


async def test_nothing_goes_out_outside_the_safe_hours_and_it_does_outlast_them(chats: ChatWorld) -> None:
    replied(chats, EVENING)
    with session_scope(chats.world.engine) as session:
        session.scalars(select(OutboxRow)).one().expires_at = at(11) + dt.timedelta(hours=1)
    await chats.deliver(lambda: at(10))
    assert chats.telegram.sent == []
    assert row(chats).next_try == at(18).replace(minute=0, second=0, microsecond=0)
    await chats.deliver(lambda: at(17))
    assert chats.telegram.sent == []
    await chats.deliver(lambda: at(18))
    assert chats.person(CHAT).text == NOTICE_TEXT


async def test_a_message_that_telegram_delays_beyond_the_safe_hours_waits_for_the_next_ones(chats: ChatWorld) -> None:
    replied(chats, EVENING)
    moment = [at(21)]
    chats.telegram.faults.append(FLOOD)
    chats.telegram.before_each.append(lambda: moment.__setitem__(0, at(22)))
    await chats.deliver(lambda: moment[0])
    assert chats.telegram.sent == []
    assert row(chats).state is OutboxState.WAITING
    assert row(chats).next_try.astimezone(BAKU).hour == 18


async def test_words_that_nobody_has_read_keep_the_chat_silent(chats: ChatWorld) -> None:
    case = replied(chats, SafeContact(hours=TYPED))
    await chats.deliver()
    assert chats.telegram.sent == []
    assert row(chats).state is OutboxState.WITHHELD
    assert chats.world.read(case).messages[-1].delivery == "withheld"


async def test_the_window_that_a_caseworker_read_out_of_them_is_kept(chats: ChatWorld) -> None:
    replied(chats, SafeContact(hours=TYPED), window="evening")
    await chats.deliver(lambda: at(10))
    assert chats.telegram.sent == []
    await chats.deliver(lambda: at(19))
    assert chats.person(CHAT).text == NOTICE_TEXT


async def test_a_caseworker_cannot_widen_the_hours_that_a_person_pressed(chats: ChatWorld) -> None:
    replied(chats, EVENING, window="any")
    await chats.deliver(lambda: at(10))
    assert chats.telegram.sent == []


async def test_a_blocked_chat_is_given_up_and_staff_see_it(chats: ChatWorld) -> None:
    case = replied(chats, SafeContact())
    chats.telegram.faults.append(BLOCKED)
    await chats.deliver()
    assert row(chats).state is OutboxState.FAILED
    assert chats.world.read(case).messages[-1].delivery == "failed"


async def test_who_presses_before_the_notice_is_noted_as_sent_reads_the_answer(chats: ChatWorld) -> None:
    """The notice is on the screen before we have noted that it has gone out, and a crash may come between."""
    replied(chats, SafeContact())
    person = chats.person(CHAT)
    button = seal_payload(f"read_reply:{row(chats).id.hex}", sender=person.sender, key=chats.gateway.keys.callback_key)
    await person.press_data(button, 77)
    assert "come on Tuesday" in person.text
    assert row(chats).state is OutboxState.SENT
    await chats.deliver()
    assert NOTICE_TEXT not in person.text


async def test_a_second_press_says_that_it_was_shown(chats: ChatWorld) -> None:
    replied(chats, SafeContact())
    await chats.deliver()
    person = chats.person(CHAT)
    notice = person.messages[0]
    await person.press(f"read_reply:{row(chats).id.hex}", on=notice)
    await person.press(f"read_reply:{row(chats).id.hex}", on=notice)
    assert "shown already" in person.text
    assert "Tuesday" not in person.text


async def test_another_chat_cannot_read_it(chats: ChatWorld) -> None:
    replied(chats, SafeContact())
    await chats.deliver()
    person, stranger = chats.person(CHAT), chats.person(6)
    notice = person.messages[0]
    await stranger.press_data(notice["rows"][0][0]["callback_data"], notice["message_id"])
    assert "Tuesday" not in stranger.text
    assert row(chats).state is OutboxState.NOTIFIED


async def test_it_is_shown_while_rasa_is_down_and_a_message_before_it_waits(chats: ChatWorld) -> None:
    replied(chats, SafeContact())
    await chats.deliver()
    person = chats.person(CHAT)
    chats.dialogue.down = True
    notice = person.messages[0]
    person.worker.accept(person.written("what is the minimum wage"))
    person.worker.accept(person.pressed(payloads(notice)[0], on=notice))
    await person.beside()
    assert "come on Tuesday" in person.text
    await person.send("/exit")


async def test_the_status_shows_everything_unread(chats: ChatWorld) -> None:
    replied(chats, SafeContact())
    await chats.deliver()
    person = chats.person(CHAT)
    await person.send("/status")
    assert "come on Tuesday" in person.text
    assert row(chats).state is OutboxState.SENT
    await person.send("/status")
    assert "Tuesday" not in person.text


async def test_what_cannot_be_opened_is_tried_later_and_stops_nothing_else(chats: ChatWorld) -> None:
    replied(chats, SafeContact())
    with session_scope(chats.world.engine) as session:
        session.scalars(select(RouteRow)).one().route_box = b"x" * 80
    await chats.deliver()
    assert (row(chats).state, row(chats).attempts) == (OutboxState.WAITING, 1)
