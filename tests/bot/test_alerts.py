"""Colleagues on call: a code links their chat, messages say nothing of a case, a button ends it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from referral import oncall, session_scope
from referral.crypto import derive_code
from referral.enums import OutboxState
from referral.models import Staff, StaffAlert, StaffRoute
from tests.bot.chat.telegram import BLOCKED, payloads
from tests.bot.chat.world import ChatWorld, Person

CHAT = 70
CODE = "0000000000000700"


def now() -> dt.datetime:
    """Return the present moment."""
    return dt.datetime.now(tz=dt.UTC)


def give_code(chats: ChatWorld, code: str = CODE) -> UUID:
    """Give a colleague a one-time code; return who it is."""
    staff_id = chats.world.signed_in().staff_id
    with session_scope(chats.world.engine) as session:
        staff = session.get_one(Staff, staff_id)
        staff.pairing_tag = derive_code(code, pepper=bytes(16)).tag
        staff.pairing_until = now() + dt.timedelta(minutes=10)
    return staff_id


async def colleague(chats: ChatWorld) -> Person:
    """Return a colleague whose chat is linked."""
    give_code(chats)
    person = chats.person(CHAT)
    await person.send(CODE)
    assert "colleagues on call" in person.text
    return person


async def test_a_colleagues_code_links_their_chat_once(chats: ChatWorld) -> None:
    await colleague(chats)
    other = chats.person(71)
    await other.send(CODE)
    assert "no request for this code" in other.text
    assert chats.world.count(StaffRoute) == 1


async def test_a_new_request_and_late_ones_are_told_without_a_word_of_them(chats: ChatWorld) -> None:
    person = await colleague(chats)
    case = chats.world.open(narrative="they keep my passport")
    with session_scope(chats.world.engine) as session:
        for kind in ("overdue", "overdue_still"):
            oncall.alert(session, organisation_id=chats.world.public.organisation_id, kind=kind, now=now(), detail="3")
    person.seen = len(person.messages)
    await chats.alert()
    assert sorted(message["text"] for message in person.new) == [
        "<b>Requests that still nobody has answered: 3.</b> Open the console now, or tell a colleague.",
        "<b>Requests that wait longer than they should: 3.</b> Open the console.",
        "There is a new request. Open the console.",
    ]
    assert case.hex not in str(person.new)
    assert all(payloads(message) == ["oncall_stop"] for message in person.new)
    await chats.alert()
    assert len(person.new) == 3


async def test_the_button_ends_it(chats: ChatWorld) -> None:
    person = await colleague(chats)
    await person.press("oncall_stop")
    assert "no more messages" in person.text
    assert chats.world.count(StaffRoute) == 0
    chats.world.open()
    person.seen = len(person.messages)
    await chats.alert()
    assert person.new == []


async def test_a_colleague_who_has_blocked_the_bot_is_given_up(chats: ChatWorld) -> None:
    await colleague(chats)
    chats.world.open()
    chats.telegram.faults.append(BLOCKED)
    await chats.alert()
    with session_scope(chats.world.engine) as session:
        assert [alert.state for alert in session.scalars(select(StaffAlert))] == [OutboxState.FAILED]


async def test_a_colleagues_right_code_is_no_wrong_try(chats: ChatWorld) -> None:
    person = await colleague(chats)
    assert chats.gateway.state.code_tries(person.sender)[0] == 0
