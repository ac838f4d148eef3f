"""The gateway's side of questions without an answer: what is stored, what never is, and that nobody waits for it."""

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text as sql

from bot.gateway import gaps as gaps_module
from referral import session_scope
from referral.enums import GapKind
from referral.feedback.content_key import FILE
from referral.feedback.gaps import Gap, open_gaps
from referral.feedback.private_key import read_private_content_key
from referral.models import ContentGap
from tests.bot.chat.telegram import payloads
from tests.bot.chat.world import LOCALES, ChatWorld, Person

UNKNOWN = "can I get a SIM card without a passport, my name is Hope"
SHOWN = "can i get a sim card without a passport, […]"
INTENT = "work_passport_kept"
VERSION = LOCALES.answer_version(INTENT, "en")
HELPED, NOT_HELPED = f"helped:{INTENT}:{VERSION}", f"not_helped:{INTENT}:{VERSION}"


async def stored(chats: ChatWorld) -> list[Gap]:
    """Return what the console reads, once everything under way is stored."""
    await chats.gateway.gaps.drain()
    with session_scope(chats.world.console) as session:
        return open_gaps(session, private_key=read_private_content_key(chats.world.data_dir))


async def test_what_was_not_understood_is_stored_redacted_and_sealed(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send(UNKNOWN)
    (gap,) = await stored(chats)
    assert (gap.text, gap.language, gap.kind, gap.intent) == (SHOWN, "en", GapKind.FALLBACK, None)
    assert b"SIM card" not in chats.world.database.everything()
    assert b"sim card" not in chats.world.database.everything()


async def test_what_was_taken_for_none_of_our_business_is_stored_too(
    chats: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await remember(chats, monkeypatch, chats.person(), taken_for="out_of_scope")
    (gap,) = await stored(chats)
    assert (gap.text, gap.kind, gap.intent) == (SHOWN, GapKind.FALLBACK, None)


async def test_an_answer_that_helped_leaves_nothing(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send(INTENT)
    await person.press(HELPED)
    assert await stored(chats) == []


async def remember(
    chats: ChatWorld, monkeypatch: pytest.MonkeyPatch, person: Person, *, taken_for: str = INTENT
) -> None:
    """Let somebody type a question that is taken for an intent."""
    message = chats.dialogue.message

    async def answered(**values: object) -> dict[str, object]:
        if values["text"] == UNKNOWN:
            values["text"] = taken_for
        return await message(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(chats.dialogue, "message", answered)
    await person.send(UNKNOWN)


async def test_an_answer_that_did_not_help_stores_its_question_with_its_name(
    chats: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = chats.person()
    await remember(chats, monkeypatch, person)
    assert await stored(chats) == []
    await person.press(NOT_HELPED)
    (gap,) = await stored(chats)
    assert (gap.text, gap.kind, gap.intent) == (SHOWN, GapKind.UNHELPFUL, INTENT)
    await person.press(NOT_HELPED)
    assert len(await stored(chats)) == 1


async def test_to_write_that_it_did_not_help_is_as_good_as_the_button(
    chats: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = chats.person()
    await remember(chats, monkeypatch, person)
    await person.send("not_helpful")
    await person.send("not_helpful")
    (gap,) = await stored(chats)
    assert (gap.text, gap.kind, gap.intent) == (SHOWN, GapKind.UNHELPFUL, INTENT)


@pytest.mark.parametrize("top", ["danger_now", "quick_exit", "data_delete", "complaint_staff"])
async def test_what_may_have_been_delicate_is_not_stored(
    chats: ChatWorld, monkeypatch: pytest.MonkeyPatch, top: str
) -> None:
    message = chats.dialogue.message

    async def taken_for(**values: object) -> dict[str, object]:
        answer = await message(**values)  # type: ignore[arg-type]
        return answer | {"understood": answer["understood"] | {"intent": top}}

    monkeypatch.setattr(chats.dialogue, "message", taken_for)
    await chats.person().send(UNKNOWN)
    assert await stored(chats) == []


async def test_only_the_last_answer_counts(chats: ChatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    person = chats.person()
    await remember(chats, monkeypatch, person)
    old = person.new[-1]
    await person.send("work_contract")
    await person.press(NOT_HELPED, on=old)
    assert await stored(chats) == []


async def test_none_of_these_stores_the_question(chats: ChatWorld) -> None:
    chats.dialogue.choices = ["work_contract", "work_permit"]
    person = chats.person()
    await person.send(UNKNOWN)
    assert await stored(chats) == []
    await person.press("none_of_these")
    (gap,) = await stored(chats)
    assert (gap.text, gap.kind) == (SHOWN, GapKind.FALLBACK)


@pytest.mark.parametrize("leave", ["/exit", "quick_exit"])
async def test_who_leaves_is_forgotten(chats: ChatWorld, monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    person = chats.person()
    await remember(chats, monkeypatch, person)
    button = next(message for message in person.new if NOT_HELPED in payloads(message))
    await person.send(leave)
    await person.press(NOT_HELPED, on=button)
    assert await stored(chats) == []
    assert not chats.gateway.gaps._last


async def test_a_message_in_danger_is_never_stored_nor_any_of_the_day_after(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("they are beating me right now, help, can I get a SIM card without a passport")
    await person.send(UNKNOWN)
    assert await stored(chats) == []


async def test_in_an_intake_nothing_is_stored(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("request_help")
    await person.send(UNKNOWN)
    assert await stored(chats) == []


@pytest.mark.parametrize("typed", ["my name is Hope Okafor", "ok ok", "4821 9934 1120 7745", "passport " * 60])
async def test_what_holds_no_question_is_not_stored(chats: ChatWorld, typed: str) -> None:
    await chats.person().send(typed)
    assert await stored(chats) == []


async def test_one_chat_fills_no_table(chats: ChatWorld) -> None:
    person = chats.person()
    for _ in range(gaps_module.MOST_A_DAY + 5):
        await person.send(UNKNOWN)
    assert len(await stored(chats)) == gaps_module.MOST_A_DAY


@pytest.fixture
def _no_table(chats: ChatWorld) -> None:
    with chats.world.engine.begin() as connection:
        connection.execute(sql("DROP TABLE content_gap"))


@pytest.fixture
def _no_key(chats: ChatWorld) -> Iterator[None]:
    file = chats.world.data_dir / FILE
    key = file.read_bytes()
    file.unlink()
    yield
    file.write_bytes(key)


@pytest.mark.parametrize("fault", ["_no_table", "_no_key"])
async def test_a_failure_is_logged_without_words_and_the_reply_comes(
    chats: ChatWorld, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    request.getfixturevalue(fault)
    person = chats.person()
    with caplog.at_level(logging.DEBUG):
        await person.send(UNKNOWN)
        await chats.gateway.gaps.drain()
    assert person.new
    assert "was not stored" in caplog.text
    assert "SIM" not in caplog.text
    assert "sim card" not in caplog.text
    assert "Hope" not in caplog.text


async def test_the_chats_memory_is_bounded(chats: ChatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps_module, "MOST_REMEMBERED", 2)
    for chat_id in (1, 2, 3):
        await chats.person(chat_id).send(INTENT)
    assert len(chats.gateway.gaps._last) == 2
    assert chats.world.count(ContentGap) == 0
    assert "sim" not in repr(chats.gateway.gaps._last).lower()
