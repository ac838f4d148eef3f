"""The intake in the chat: three wordings of the consent, each bound to the very message whose button was pressed."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.gateway.wording import hash_of
from referral import ConsentScope, session_scope
from referral.adminkey import demo_admin_key
from referral.crypto import RecordContext, open_record, open_route
from referral.models import CaseRecord, ConsentRecord, RouteRow
from referral.publishing import VALID_DAYS, renew
from referral.safe_contact import SafeContact
from referral.service.keyring import case_key
from tests.bot.chat.telegram import Message, payloads
from tests.bot.chat.world import LOCALES, ChatWorld, Person
from tests.referral.conftest import World

STORY = "they keep my passport"


async def until_consent(person: Person) -> Message:
    """Begin a request; return the message that asks for consent."""
    await person.send("request_help")
    await person.press("choose:topic.work")
    return person.new[-1]


async def fill_in(person: Person, *, age: str | None = "choose:age.25_59", contact: str = "push") -> None:
    """Answer everything after the consent, up to the summary."""
    await person.send(STORY)
    await person.press("intake_next")
    await person.press("skip")
    if age is not None:
        await person.press(age)
    await person.press("skip")
    await person.press("choose:gender.any")
    await person.press(f"choose:contact.{contact}")
    if contact != "pull":
        await person.press("choose:safe_time.evening")
    await person.press("skip")


def consent_of(world: World) -> tuple[ConsentRecord, dict[str, Any]]:
    """Return the stored consent and its opened details."""
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        row = session.scalars(select(ConsentRecord)).one()
        key = case_key(session, signed_in=signed_in, case=session.get_one(CaseRecord, row.case_id))
        context = RecordContext(row.case_id, "consent_record", "details", row.seq)
        details = json.loads(open_record(private_key=key, sealed=row.sealed, context=context))
        session.expunge(row)
    return row, details


def choices_of(world: World, case: UUID) -> dict[str, str]:
    """Return the choices as a caseworker reads them."""
    found: dict[str, str] = json.loads(next(v.text for v in world.read(case).values if v.field == "choices"))
    return found


async def test_an_adult_takes_as_many_steps_as_before(chats: ChatWorld) -> None:
    person = chats.person()
    shown = await until_consent(person)
    assert payloads(shown) == ["consent_give", "choose:about.minor", "choose:about.other", "consent_refuse"]
    await person.press("consent_give")
    assert "What happened?" in person.text
    await fill_in(person)
    assert "About whom" not in person.text
    await person.press("referral_send")
    row, details = consent_of(chats.world)
    assert (row.scope, row.wording_version) == (ConsentScope.OWN, "2026-11-26 (2)")
    assert (details["language"], details["wording_blake2b"]) == ("en", hash_of(shown["text"]))
    assert details["withheld"] == []
    assert choices_of(chats.world, row.case_id)["about"] == "self"


async def test_a_minor_agrees_to_their_own_words(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("choose:about.minor")
    shown = person.new[-1]
    assert payloads(shown) == ["consent_give:minor", "choose:about.self", "consent_refuse"]
    assert "116111" in shown["text"]
    await person.press("consent_give:minor")
    await fill_in(person, age=None)
    assert "Under 18" in person.text
    assert "I am under 18" in person.text
    await person.press("referral_send")
    row, details = consent_of(chats.world)
    assert (row.scope, row.wording_version) == (ConsentScope.MINOR, "minor 2026-11-26 (2)")
    assert details["wording_blake2b"] == hash_of(shown["text"])
    assert choices_of(chats.world, row.case_id) | {"about": "minor", "age": "under_18"} == choices_of(
        chats.world, row.case_id
    )


async def test_who_writes_for_somebody_else_is_asked_whether_they_know(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("choose:about.other")
    assert "Does the person know" in person.text
    assert "name, address or passport" in person.text
    await person.press("choose:knows.unaware")
    shown = person.new[-1]
    assert "You agree for yourself only" in shown["text"]
    await person.press("consent_give:other")
    await person.send(STORY)
    await person.press("intake_next")
    assert "Where is the person" in person.text
    await person.press("skip")
    assert "How old is the person" in person.text
    await person.press("choose:age.under_18")
    assert "children's helpline" in person.text
    for step in ("skip", "choose:gender.any", "choose:contact.pull", "skip", "referral_send"):
        await person.press(step)
    row, details = consent_of(chats.world)
    assert (row.scope, row.wording_version) == (ConsentScope.PROXY, "other 2026-11-26 (2)")
    assert details["wording_blake2b"] == hash_of(shown["text"])
    choices = choices_of(chats.world, row.case_id)
    assert (choices["about"], choices["knows"], choices["age"]) == ("other", "unaware", "under_18")


async def test_an_agree_button_of_another_wording_does_not_count(chats: ChatWorld) -> None:
    person = chats.person()
    adult = await until_consent(person)
    await person.press("choose:about.minor", on=adult)
    await person.press("consent_give", on=adult)  # still on the screen, and no longer the wording that fits
    assert "What happened?" not in person.text
    await person.press("consent_give:minor")
    assert "What happened?" in person.text


async def test_an_agree_button_without_its_message_does_not_count(chats: ChatWorld) -> None:
    person = chats.person()
    shown = await until_consent(person)
    await person.press_data(shown["rows"][0][0]["callback_data"], shown["message_id"] + 500)
    assert "no longer in use" in person.text
    assert "What happened?" not in person.text


async def test_an_old_button_does_not_open_what_is_typed_next(chats: ChatWorld) -> None:
    person = chats.person()
    shown = await until_consent(person)
    await person.press("consent_give", on=shown)
    await person.press("consent_give", on=shown)  # pressed twice, as people do when it is slow
    assert "no longer in use" in person.text
    chats.dialogue.turns.clear()
    await person.send(STORY)
    assert "Locked" in person.text
    assert STORY not in str(chats.dialogue.turns)


async def test_a_minor_at_the_question_for_the_age_agrees_anew(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("consent_give")
    await person.send(STORY)
    for step in ("intake_next", "skip", "choose:age.under_18"):
        await person.press(step)
    assert "You are under 18" in person.text
    await person.press("consent_give:minor")
    for step in ("skip", "choose:gender.any", "choose:contact.pull", "skip", "referral_send"):
        await person.press(step)
    row, _details = consent_of(chats.world)
    assert row.scope is ConsentScope.MINOR


async def test_a_submission_without_a_wording_that_was_shown_is_not_sent(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("consent_give")
    await fill_in(person, contact="pull")
    chat = chats.gateway.state.chat(person.sender)
    assert chat.intake is not None
    chat.intake["consent"] = {"name": "ask_consent_minor", "version": "x", "language": "en", "blake2b": "x"}
    chats.gateway.state.save(person.sender, chat)
    await person.press("referral_send")
    assert "There is no request to send" in person.text
    assert chats.world.count(CaseRecord) == 0


@pytest.mark.parametrize(("contact", "wording"), [("push", "notice"), ("push_text", "full")])
async def test_the_contract_lies_inside_the_route(chats: ChatWorld, contact: str, wording: str) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("consent_give")
    await fill_in(person, contact=contact)
    await person.press("referral_send")
    with session_scope(chats.world.engine) as session:
        box = session.scalars(select(RouteRow.route_box)).one()
    route = open_route(box, route_key=chats.gateway.keys.route_key)
    assert route.safe_contact == SafeContact(hours="evening", wording=wording)


async def test_a_danger_card_in_the_form_offers_to_go_on_with_it(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("consent_give")
    await person.send("my husband is hitting me help")
    card = next(message for message in person.new if "If you can, call now" in message["text"])
    assert payloads(card) == ["quick_exit", "intake_resume"]
    await person.press("intake_resume", on=card)
    assert "Locked" in person.text
    assert payloads(person.new[-1])[0] == "intake_next"


async def test_outside_a_form_the_card_offers_a_caseworker(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("my husband is hitting me help")
    assert payloads(person.new[0]) == ["quick_exit", "request_help"]


async def test_go_on_without_a_form_is_an_old_button(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    await person.press("consent_give")
    await person.send("my husband is hitting me help")
    card = next(message for message in person.new if "If you can, call now" in message["text"])
    await person.press("intake_cancel")
    assert payloads(person.new[-1]) == ["request_help", "menu", "quick_exit"]
    await person.press("intake_resume", on=card)
    assert "no longer in use" in person.text


def let_the_list_end(world: World) -> None:
    """Sign the list of keys as if it had been signed long ago and were over since yesterday."""
    signed = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=VALID_DAYS + 1)
    renew(world.data_dir, admin_key=demo_admin_key(world.data_dir), today=signed)


async def test_without_a_valid_list_of_keys_no_intake_begins(chats: ChatWorld) -> None:
    person = chats.person()
    let_the_list_end(chats.world)
    await person.send("request_help")
    assert "cannot take requests" in person.text
    assert "☎" in person.text
    assert "request_help" not in payloads(person.new[-1])
    await person.send("/status")
    assert "No request is linked" in person.text


async def test_an_intake_under_way_is_not_cut_off_when_the_list_ends(chats: ChatWorld) -> None:
    person = chats.person()
    await until_consent(person)
    let_the_list_end(chats.world)
    await person.press("consent_give")
    await fill_in(person)
    await person.press("referral_send")
    assert "Your request has been stored" in person.text


def test_the_scopes_have_a_text_of_their_own_in_every_language() -> None:
    for language in LOCALES.languages:
        texts = {
            LOCALES.text(name, language, organisation="Org", retention_days=90, consent_days=365)
            for name in ("ask_consent", "ask_consent_minor", "ask_consent_other")
        }
        assert len(texts) == 3
