"""Questions for consent: shown as they are, answered by their own button only, stored before they are called stored."""

import json
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.gateway.state import MOST_QUESTIONS
from bot.gateway.wording import hash_of
from referral import SHARING_DAYS, ConsentScope, session_scope
from referral.crypto import RecordContext, open_record
from referral.enums import ConsentAnswer
from referral.models import CaseRecord, ConsentRecord, ConsentRequest, OutboxRow
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent
from referral.service.common import today
from referral.service.consent import permission
from referral.service.keyring import case_key
from tests.bot.chat.telegram import payloads
from tests.bot.chat.world import LOCALES, ChatWorld, Person

CHAT = 5
CODE = f"{1:016d}"
SHELTER = Recipient(provider="shelter-baku")


def ask(chats: ChatWorld, case: UUID, shared: Sequence[str] = ("topic", "narrative")) -> UUID:
    """Let the caseworker who has the case ask; return the question."""
    with session_scope(chats.world.engine) as session:
        return ask_consent(
            session,
            signed_in=chats.world.signed_in(),
            case_id=case,
            recipient=SHELTER,
            recipient_name="Clean & Safe <house>",
            purpose=SUPPORT,
            shared=shared,
            relay_public_key=chats.world.public.relay_public_key,
        )


def taken(chats: ChatWorld, *, chat: int | None = CHAT, scope: ConsentScope = ConsentScope.OWN) -> UUID:
    """Return a case that somebody works on."""
    case = chats.world.open(chat=chat)
    chats.world.take(case)
    with session_scope(chats.world.engine) as session:
        session.scalars(select(ConsentRecord)).one().scope = scope
    return case


async def asked(chats: ChatWorld, scope: ConsentScope = ConsentScope.OWN) -> tuple[Person, UUID, UUID]:
    """Return a person who looks at a question, their case and the question."""
    case = taken(chats, scope=scope)
    question = ask(chats, case)
    await chats.deliver()
    person = chats.person(CHAT)
    assert "Clean" not in person.text, "a question comes as a line that says nothing"
    with session_scope(chats.world.engine) as session:
        item = session.scalars(select(OutboxRow.id)).one()
    await person.press(f"read_reply:{item.hex}")
    return person, case, question


def stored(chats: ChatWorld, question: UUID) -> ConsentAnswer | None:
    """Return the answer that is stored."""
    with session_scope(chats.world.engine) as session:
        return session.get_one(ConsentRequest, question).answer


async def test_a_question_says_who_would_get_what_for_what_and_how_long(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats)
    assert "Clean &amp; Safe &lt;house&gt;" in person.text
    for part in (
        "a place to stay",
        "the topic, what happened",
        "how to reach you",
        f"{SHARING_DAYS} days",
        "If you say no",
    ):
        assert part in person.text
    assert payloads(person.new[0]) == [f"consent_yes:{question.hex}", f"consent_no:{question.hex}"]
    assert len(person.new) == 1


async def test_yes_is_stored_sealed_and_signed_with_the_words_that_were_shown(chats: ChatWorld) -> None:
    person, case, question = await asked(chats)
    shown = person.new[0]["text"]
    await person.press(f"consent_yes:{question.hex}")
    assert "Your yes is stored" in person.text
    assert stored(chats, question) is ConsentAnswer.GIVEN
    with session_scope(chats.world.engine) as session:
        consent, override = permission(session, case_id=case, recipient=SHELTER, purpose=SUPPORT)
        assert override is None
        assert consent is not None
        assert (consent.scope, (consent.expires_day - today()).days) == (ConsentScope.OWN, SHARING_DAYS)
        assert consent.wording_version == LOCALES.version("consent_asked")
    opened = chats.world.read(case)
    (found,) = [c for c in opened.consents if c.recipient == str(SHELTER)]
    assert found.verified
    assert (found.shared, found.language) == (("topic", "narrative"), "en")
    assert "place" in found.withheld
    assert _details(chats, case)["wording_blake2b"] == hash_of(shown)


async def test_no_is_stored_and_nothing_is_permitted(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats)
    await person.press(f"consent_no:{question.hex}")
    assert "Your no is stored" in person.text
    assert stored(chats, question) is ConsentAnswer.REFUSED
    assert chats.world.count(ConsentRecord) == 1


async def test_words_are_no_answer(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats)
    for words in ("yes", "I agree", "consent_yes", f"consent_yes:{question.hex}"):
        chats.dialogue.turns.clear()
        await person.send(words)
        assert "answer" not in chats.dialogue.turns[0]["metadata"]
    assert stored(chats, question) is None


async def test_an_answered_question_is_over(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats)
    shown = person.new[0]
    await person.press(f"consent_no:{question.hex}", on=shown)
    await person.press(f"consent_yes:{question.hex}", on=shown)
    assert "not open any more" in person.text
    assert stored(chats, question) is ConsentAnswer.REFUSED


async def test_a_repeated_update_stores_once_and_tells_the_truth(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats)
    kept = chats.gateway.state.question(person.sender, question.hex)
    shown = person.new[0]
    await person.press(f"consent_yes:{question.hex}", on=shown)
    assert kept is not None
    chats.gateway.state.keep_question(person.sender, question.hex, kept)  # as after a crash before it was dropped
    await person.press(f"consent_yes:{question.hex}", on=shown)
    assert "Your yes is stored" in person.text
    assert chats.world.count(ConsentRecord) == 2


async def test_who_writes_for_somebody_else_is_offered_no_yes(chats: ChatWorld) -> None:
    person, _case, question = await asked(chats, ConsentScope.PROXY)
    assert payloads(person.new[0]) == [f"consent_no:{question.hex}"]
    assert "Only they can agree" in person.text


async def test_a_minor_reads_that_the_caseworker_talks_with_them_first(chats: ChatWorld) -> None:
    person, case, question = await asked(chats, ConsentScope.MINOR)
    assert "You are under 18" in person.text
    await person.press(f"consent_yes:{question.hex}")
    (found,) = [c for c in chats.world.read(case).consents if c.recipient == str(SHELTER)]
    assert found.scope is ConsentScope.MINOR


async def test_by_code_the_same_question_is_shown_until_it_is_answered(chats: ChatWorld) -> None:
    case = taken(chats, chat=None)
    question = ask(chats, case)
    person = chats.person(9)
    await person.send(CODE)
    assert "Clean &amp; Safe" in person.text
    await person.press(f"consent_yes:{question.hex}")
    assert "Your yes is stored" in person.text
    await person.send(CODE)
    assert "Clean &amp; Safe" not in person.text


async def test_without_a_recent_code_the_answer_asks_for_it_and_stays_open(chats: ChatWorld) -> None:
    question = ask(chats, taken(chats, chat=None))
    person = chats.person(9)
    await person.send(CODE)
    chats.gateway.codes.forget(person.sender)
    await person.press(f"consent_yes:{question.hex}")
    assert "write your code first" in person.text
    assert stored(chats, question) is None
    await person.send(CODE)
    await person.press(f"consent_yes:{question.hex}")
    assert stored(chats, question) is ConsentAnswer.GIVEN


@pytest.mark.parametrize("leave", ["/exit", "delete_all"])
async def test_leaving_forgets_the_question(chats: ChatWorld, leave: str) -> None:
    person, _case, question = await asked(chats)
    shown = person.new[0]
    if leave == "/exit":
        await person.send(leave)
    else:
        await person.send("/delete")
        await person.press(leave)
    assert chats.gateway.state.question(person.sender, question.hex) is None
    await person.press(f"consent_yes:{question.hex}", on=shown)
    assert "not open any more" in person.text


async def test_the_gateway_keeps_few_questions_of_a_chat_and_none_in_clear(chats: ChatWorld) -> None:
    state = chats.gateway.state
    for number in range(MOST_QUESTIONS + 3):
        state.keep_question("a", f"{number:032d}", "the shelter")
    kept = [number for number in range(MOST_QUESTIONS + 3) if state.question("a", f"{number:032d}")]
    assert len(kept) == MOST_QUESTIONS
    assert b"the shelter" not in b"".join(path.read_bytes() for path in chats.world.data_dir.glob("gateway.db*"))


def _details(chats: ChatWorld, case: UUID) -> dict[str, str]:
    """Return the opened details of the consent to share."""
    signed_in = chats.world.signed_in()
    with session_scope(chats.world.engine) as session:
        row = session.scalars(select(ConsentRecord).where(ConsentRecord.recipient == str(SHELTER))).one()
        key = case_key(session, signed_in=signed_in, case=session.get_one(CaseRecord, case))
        context = RecordContext(case, "consent_record", "details", row.seq)
        found: dict[str, str] = json.loads(open_record(private_key=key, sealed=row.sealed, context=context))
    return found
