"""What people say of an answer below it: taken by the gateway alone, at once, and shown to others as a caution."""

import pytest
from sqlalchemy import text

from bot.doubted import EMERGENCY, phones_in
from bot.gateway.callbacks import seal_payload
from referral import StaffRole, session_scope
from referral.feedback.counts import FeedbackCount, feedback_counts
from referral.feedback.reports import open_reports
from referral.feedback.settling import settle_reports
from referral.models import ContentFeedback, NumberReport
from referral.service.common import today
from tests.bot.chat.telegram import Message, payloads
from tests.bot.chat.world import LOCALES, ChatWorld, Person

SEVERAL = "work_passport_kept"  # shows several numbers
PHONES = {name: phones_in(LOCALES, entry["text"]) for name, entry in LOCALES.answers.items()}
ONE = next(name for name, phones in PHONES.items() if phones == ("hotline_migration",))
NONE = next(name for name, phones in PHONES.items() if not phones)
FEEDBACK = ("helped", "not_helped", "number_wrong")
nothing_is_stored = pytest.mark.databases("sqlite")  # so one kind of database is enough


async def ask(person: Person, intent: str = SEVERAL) -> Message:
    """Ask for an answer; return its message."""
    await person.send(intent)
    return person.new[-1]


def button(message: Message, name: str) -> str:
    """Return what a button below an answer says to the bot: its payload ends with the version of the text."""
    return next(payload for payload in payloads(message) if payload.partition(":")[0] == name)


def kinds(message: Message) -> list[str]:
    """Return what a message's buttons are, without their values."""
    return [payload.partition(":")[0] for payload in payloads(message)]


async def report(chats: ChatWorld, chat_id: int, fact: str = "hotline_labour") -> Person:
    """Let somebody report a number below an answer with several."""
    person, intent = (
        chats.person(chat_id),
        next(name for name, phones in PHONES.items() if len(phones) > 1 and fact in phones),
    )
    await ask(person, intent)
    await person.press(f"number_wrong:{intent}")
    await person.press(f"number_wrong_fact:{fact}")
    return person


def reported(chats: ChatWorld) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return what the editors see of reports."""
    with session_scope(chats.world.console) as session:
        return [(found.fact, found.persons, found.intents) for found in open_reports(session)]


@nothing_is_stored
async def test_the_buttons_stand_below_what_helps_and_in_their_order(chats: ChatWorld) -> None:
    message = await ask(chats.person())
    assert kinds(message)[-5:] == ["request_help", "menu", *FEEDBACK]
    assert [len(row) for row in message["rows"][-2:]] == [2, 1]


@nothing_is_stored
async def test_an_answer_without_numbers_has_no_button_for_them(chats: ChatWorld) -> None:
    assert kinds(await ask(chats.person(), NONE))[-3:] == ["menu", *FEEDBACK[:2]]


@nothing_is_stored
async def test_in_an_open_form_and_below_other_messages_there_are_none(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("menu")
    assert not set(FEEDBACK) & set(kinds(person.new[-1]))
    await person.send("request_help")
    await ask(person)
    shown = [kind for message in person.new for kind in kinds(message)]
    assert "intake_resume" in shown
    assert not set(FEEDBACK) & set(shown)


@nothing_is_stored
async def test_a_danger_card_has_none_and_each_of_its_numbers_can_be_reported_elsewhere(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("they are beating me right now, help")
    assert not any(set(FEEDBACK) & set(kinds(message)) for message in person.new)
    in_answers = {name for phones in PHONES.values() for name in phones}
    cards = [entry["text"] for name, entry in LOCALES.dialogue.items() if name.startswith("card_")]
    assert {name for card in cards for name in phones_in(LOCALES, card)} <= in_answers


async def test_that_an_answer_helped_is_stored_at_once_and_rasa_never_hears_of_it(chats: ChatWorld) -> None:
    first, second = chats.person(5), chats.person(6)
    answer, _same = [await ask(person) for person in (first, second)]
    turns = len(chats.dialogue.turns)
    chats.dialogue.down = True
    await first.press(button(answer, "helped"))
    assert "Thank you" in first.text
    await second.press(button(answer, "not_helped"))
    assert {"menu", "request_help"} <= set(payloads(second.new[-1]))
    await first.press(button(answer, "not_helped"))
    assert "already" in first.text
    assert len(chats.dialogue.turns) == turns
    version = button(answer, "helped").rpartition(":")[2]
    with session_scope(chats.world.console) as session:
        assert feedback_counts(session) == [FeedbackCount(SEVERAL, "en", version, 1, 1)]


async def test_with_several_numbers_the_bot_asks_which(chats: ChatWorld) -> None:
    person = chats.person()
    await ask(person)
    await person.press(f"number_wrong:{SEVERAL}")
    titles = [button["text"] for row in person.new[-1]["rows"] for button in row]
    assert "☎\u00a0152" in titles
    assert "request_help" in payloads(person.new[-1])
    assert reported(chats) == []
    await person.press("number_wrong_fact:hotline_trafficking")
    assert "152" in person.text
    assert "112" in person.text
    assert reported(chats) == [("hotline_trafficking", 1, (SEVERAL,))]


async def test_with_one_number_the_report_is_taken_at_once(chats: ChatWorld) -> None:
    person = chats.person()
    await ask(person, ONE)
    await person.press(f"number_wrong:{ONE}")
    assert "919" in person.text
    assert "request_help" in payloads(person.new[-1])
    assert reported(chats) == [("hotline_migration", 1, (ONE,))]


async def test_three_people_bring_the_caution_and_one_who_presses_again_nothing(chats: ChatWorld) -> None:
    for chat_id in (1, 2):
        await report(chats, chat_id)
    await report(chats, 2)
    await chats.gateway.doubts.look()
    reader = chats.person(9)
    assert "Several people told us" not in (await ask(reader))["text"]
    await report(chats, 3)
    await chats.gateway.doubts.look()
    assert "Several people told us that ☎\u00a0142 did not answer" in (await ask(reader))["text"]
    await report(chats, 3)
    assert chats.world.count(NumberReport) == 3
    assert "Several people" not in (await ask(reader, ONE))["text"]


async def test_the_caution_goes_when_an_editor_has_settled_the_reports(chats: ChatWorld) -> None:
    chats.world.hire("nina", StaffRole.EDITOR)
    nina = chats.world.signed_in("nina")
    for chat_id in (1, 2, 3):
        await report(chats, chat_id)
    await chats.gateway.doubts.look()
    reader = chats.person(9)
    assert "Several people" in (await ask(reader))["text"]
    with session_scope(chats.world.console) as session:
        settle_reports(session, fact="hotline_labour", staff=nina, day=today())
    await chats.gateway.doubts.look()
    assert "Several people" not in (await ask(reader))["text"]


async def test_the_gateways_own_cards_carry_the_caution_too_but_never_of_the_emergency_number(chats: ChatWorld) -> None:
    for chat_id in (1, 2, 3):
        await report(chats, chat_id, "police")
        await report(chats, chat_id, EMERGENCY)
    await chats.gateway.doubts.look()
    assert chats.gateway.doubts.facts == {"police", EMERGENCY}
    person = chats.person(9)
    await person.send("they are beating me right now, help")
    assert person.new[0]["text"].startswith("<b>If you can, call now: ☎\u00a0112</b>")
    assert "Several people told us that ☎\u00a0102 did not answer" in person.new[0]["text"]


async def test_who_reports_the_emergency_number_is_given_others(chats: ChatWorld) -> None:
    await report(chats, 1, EMERGENCY)
    person = await report(chats, 2, EMERGENCY)
    assert "102" in person.text
    assert "103" in person.text


@nothing_is_stored
async def test_a_button_of_a_number_that_there_is_no_more_says_so(chats: ChatWorld) -> None:
    person = chats.person()
    for payload in ("number_wrong_fact:fee_trp", "number_wrong_fact:gone", "number_wrong:gone", f"number_wrong:{NONE}"):
        await person.press_data(seal_payload(payload, sender=person.sender, key=chats.gateway.keys.callback_key), 1)
        assert "no longer in use" in person.text
    assert chats.world.count(NumberReport) == 0


@nothing_is_stored
@pytest.mark.parametrize("payload", [f"helped:{SEVERAL}:0a1b2c3d", "number_wrong_fact:police"])
async def test_a_button_that_the_bot_did_not_send_to_this_chat_stores_nothing(chats: ChatWorld, payload: str) -> None:
    person = chats.person()
    await person.press_data(f"{payload}!AAAAAAAAAAA", 1)
    assert (chats.world.count(ContentFeedback), chats.world.count(NumberReport)) == (0, 0)


async def test_what_cannot_be_stored_is_said_and_the_doubts_of_before_stay(chats: ChatWorld) -> None:
    for chat_id in (1, 2, 3):
        await report(chats, chat_id)
    await chats.gateway.doubts.look()
    person = chats.person(9)
    answer = await ask(person)
    with chats.world.engine.begin() as connection:
        connection.execute(text("DROP TABLE content_feedback"))
        connection.execute(text("DROP TABLE number_report"))
    await person.press(button(answer, "helped"))
    assert "could not note" in person.text
    await chats.gateway.doubts.look()
    assert chats.gateway.doubts.facts == {"hotline_labour"}
