"""What one person sends is handled in the order in which they sent it, however slow Telegram is meanwhile."""

import asyncio
from uuid import UUID

from sqlalchemy import select

from referral import session_scope
from referral.models import CaseRecord
from tests.bot.chat.world import ChatWorld, Person
from tests.bot.test_chat_intake import STORY, fill_in, until_consent


def turns(chats: ChatWorld) -> list[str]:
    """Return what reached the dialogue."""
    return [turn["text"] for turn in chats.dialogue.turns]


async def in_danger(person: Person) -> asyncio.Event:
    """Write of danger, then ask something, while Telegram takes no message before the event that is returned."""
    held = person.chats.telegram.held["sendMessage"] = asyncio.Event()
    person.worker.accept(person.written("he will kill me"))
    person.worker.accept(person.written("work_wages"))
    await asyncio.sleep(0)
    return held


async def test_a_story_does_not_overtake_the_button_before_it(chats: ChatWorld) -> None:
    """After a restart Telegram hands over both at once; the button's spinner is slow, the story must stay a story."""
    person = chats.person()
    shown = await until_consent(person)
    held = chats.telegram.held["answerCallbackQuery"] = asyncio.Event()
    person.worker.accept(person.pressed("consent_give", on=shown))
    person.worker.accept(person.written(STORY))
    await person.idle()
    held.set()
    assert turns(chats)[-2:] == ["consent_give", "sealed"]
    assert "Locked" in person.messages[-1]["text"]


async def test_two_buttons_keep_their_order_when_the_second_is_heard_of_first(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("request_help")
    topic = person.new[-1]
    chats.telegram.held["answerCallbackQuery"] = asyncio.Event()
    for wanted in ("choose:topic.work", "choose:topic.health"):
        person.worker.accept(person.pressed(wanted, on=topic))
    await person.idle()
    chats.telegram.held["answerCallbackQuery"].set()
    assert turns(chats)[-2:] == ["choose:topic.work", "choose:topic.health"]


async def test_the_card_comes_before_the_answer_and_before_what_was_written_after_it(chats: ChatWorld) -> None:
    person = chats.person()
    held = await in_danger(person)
    assert turns(chats) == []
    held.set()
    await person.idle()
    assert "112" in person.messages[0]["text"]
    assert turns(chats) == ["he will kill me", "work_wages"]


async def test_who_leaves_gets_nothing_of_what_was_under_way(chats: ChatWorld) -> None:
    person = chats.person()
    held = await in_danger(person)
    person.worker.accept(person.written("/exit"))
    person.worker.accept(person.written("/menu"))
    held.set()
    await person.idle()
    assert turns(chats) == ["menu"]
    assert "112" not in person.messages[0]["text"]


async def test_a_story_of_which_rasa_has_answered_into_the_void_is_in_the_case(chats: ChatWorld) -> None:
    """Each try has a number of its own, so that the database never takes two of them for one."""
    person = chats.person()
    await person.press("consent_give", on=await until_consent(person))
    chats.dialogue.lost = 1
    await fill_in(person)
    await person.press("referral_send")
    assert "has been stored" in person.text
    told = [v.text for v in chats.world.read(case_of(chats)).values if v.field == "narrative"]
    assert told == [STORY, STORY]


def case_of(chats: ChatWorld) -> UUID:
    """Return the only case."""
    with session_scope(chats.world.engine) as session:
        return session.scalars(select(CaseRecord.case_id)).one()
