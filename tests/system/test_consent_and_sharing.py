"""Consent, sharing, and what a person sees and decides of them, over the whole running system."""

import datetime as dt
from pathlib import Path

import pytest

from bot.sandbox.client import SandboxClient, SimulatedPerson
from referral import ConsentScope, NoConsent
from referral.adminkey import demo_admin_key
from referral.publishing import VALID_DAYS, renew
from tests.system.desk import Desk
from tests.system.people import (
    LOCALES,
    choose_language,
    first_line,
    has_button,
    label,
    offers,
    open_referral,
    payload_of,
    press,
    read_reply,
)
from tests.system.running import System, running_system
from tests.system.staff import Caseworker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


async def newcomer(client: SandboxClient, name: str) -> SimulatedPerson:
    """Return somebody who has chosen English."""
    person = await client.person(name, "en")
    await choose_language(person, "en")
    return person


async def taken(staff: Caseworker, story: str) -> str:
    """Take the case in which a story stands; return its id."""
    case = await staff.find(story)
    await staff.take(case)
    return case


async def test_the_whole_answer_appears_for_who_wanted_that(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, "Full")
        await open_referral(person, "show me all of it", contact="push_text")
        await staff.answer(await taken(staff, "show me all of it"), "all of it at once")
        message = await person.expect("all of it at once", 30)
        assert not offers("read_reply:")(message)


async def test_sharing_is_asked_for_agreed_to_seen_and_stopped(system: System) -> None:
    desk = Desk(system)
    partner = desk.partner()
    name = desk.name_of(partner)
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, "Sharer")
        await open_referral(person, "please share this")
        case = await taken(staff, "please share this")
        question = desk.ask(case, partner)
        shown = await read_reply(person, name)
        assert "the topic, what happened" in shown["text"]
        with pytest.raises(NoConsent):
            desk.share(case, partner)
        await person.send("yes")
        await person.expect(has_button("menu"))
        await person.press(f"consent_yes:{question.hex}")
        await person.expect(first_line(LOCALES.text("consent_stored_yes", "en")))
        desk.share(case, partner)
        await person.send("/status")
        status = await person.expect(f"{name}, since")
        await person.press(payload_of(status, "unshare_ask:"))
        await person.expect(offers("unshare_yes:"))
        await person.press(label("btn_yes_unshare", "en"))
        await person.expect("no longer shared")
        with pytest.raises(NoConsent):
            desk.share(case, partner)


async def test_a_no_is_stored_and_nothing_is_shared(system: System) -> None:
    desk = Desk(system)
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, "Refuser")
        await open_referral(person, "do not share this")
        case = await taken(staff, "do not share this")
        question = desk.ask(case, desk.partner())
        await read_reply(person, desk.name_of(desk.partner()))
        await person.press(f"consent_no:{question.hex}")
        await person.expect(first_line(LOCALES.text("consent_stored_no", "en")))
        with pytest.raises(NoConsent):
            desk.share(case, desk.partner())


async def test_by_code_a_question_is_answered_too(system: System) -> None:
    desk = Desk(system)
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, "Coder")
        code = await open_referral(person, "ask me by code", contact="pull")
        case = await taken(staff, "ask me by code")
        question = desk.ask(case, desk.partner())
        await person.send(code)
        await person.expect(has_button(f"consent_yes:{question.hex}"))
        await person.press(f"consent_yes:{question.hex}")
        await person.expect(first_line(LOCALES.text("consent_stored_yes", "en")))
        desk.share(case, desk.partner())


async def test_who_has_the_code_can_move_the_answers_to_a_new_chat(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        old = await newcomer(client, "Old phone")
        code = await open_referral(old, "i have a new phone")
        case = await taken(staff, "i have a new phone")
        new = await newcomer(client, "New phone")
        await new.send(code)
        await new.expect(offers("link_chat:"))
        await new.press(label("btn_link", "en"))
        await new.expect(first_line(LOCALES.text("link_done", "en")))
        await staff.answer(case, "to the new phone")
        await read_reply(new, "to the new phone")
        await old.send("/status")
        await old.expect(first_line(LOCALES.text("status_none", "en")))


async def test_what_is_stored_is_told_and_a_deletion_has_a_receipt(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, "Asker")
        await open_referral(person, "what do you hold")
        case = await staff.find("what do you hold")
        await person.send("/status")
        await person.expect(offers("held:"))
        await person.press(label("btn_held", "en"))
        summary = await person.expect("What happened (messages): 1")
        assert "what do you hold" not in summary["text"]
        await person.press(label("btn_erase", "en"))
        await person.expect(offers("erase_yes:"))
        await person.press(label("btn_yes_erase", "en"))
        await person.expect("Receipt: ")
        assert not Desk(system).exists(case)


@pytest.mark.parametrize(("about", "scope"), [("minor", ConsentScope.MINOR), ("other", ConsentScope.PROXY)])
async def test_a_request_of_a_minor_and_one_about_somebody_else(
    system: System, about: str, scope: ConsentScope
) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await newcomer(client, f"About {about}")
        await open_referral(person, f"this is about a {about}", about=about)
        case = await staff.find(f"this is about a {about}")
        assert Desk(system).scope(case) is scope


async def test_a_consent_button_of_the_wrong_wording_does_not_count(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await newcomer(client, "Presser")
        await person.send("/menu")
        await person.expect(has_button("request_help"))
        await press(person, "request_help", then="choose:topic.work")
        adult = await press(person, "choose:topic.work", then="consent_give")
        agree = next(b for row in adult["reply_markup"]["inline_keyboard"] for b in row)["callback_data"]
        await press(person, "choose:about.minor", then="consent_give:minor")
        await person.act("press", message_id=adult["message_id"], data=agree)
        await person.expect(lambda m: "no longer in use" in m.get("text", ""))
        await press(person, "consent_give:minor", then="intake_back")


async def test_a_danger_card_in_the_form_leads_back_to_it(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await newcomer(client, "In danger")
        await person.send("/menu")
        await person.expect(has_button("request_help"))
        await press(person, "request_help", then="choose:topic.work")
        await press(person, "choose:topic.work", then="consent_give")
        await press(person, "consent_give", then="skip")
        await person.send("my husband is hitting me help")
        card = await person.expect("112")
        assert offers("intake_resume!")(card)
        assert not offers("request_help")(card)
        await person.expect(has_button("intake_next"))
        await person.press("intake_resume")
        await person.expect(has_button("intake_next"))
        await person.press("intake_cancel")
        await person.expect(has_button("request_help"))


async def test_answers_come_while_rasa_is_down_and_colleagues_are_told_and_a_list_that_ended_takes_no_requests(
    tmp_path: Path,
) -> None:
    with running_system(tmp_path) as system:
        async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
            colleague, person = await newcomer(client, "Colleague"), await newcomer(client, "Waiter")
            await colleague.send(Desk(system).pairing_code())
            await colleague.expect(has_button("oncall_stop"))
            await open_referral(person, "somebody waits")
            alert = await colleague.expect(first_line(LOCALES.text("alert_new", "en")), 30)
            assert "somebody waits" not in str(alert)
            case = await taken(staff, "somebody waits")
            await staff.answer(case, "here even now")
            system.pause("rasa")
            try:
                await read_reply(person, "here even now")
            finally:
                system.resume("rasa")
            signed = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=VALID_DAYS + 1)
            renew(system.data_dir, admin_key=demo_admin_key(system.data_dir), today=signed)
            await person.send("/menu")
            await person.expect(has_button("request_help"))
            await person.press("request_help")
            await person.expect(first_line(LOCALES.text("intake_closed", "en")))
            await person.send("i want to talk to a caseworker please")
            await person.expect(first_line(LOCALES.text("intake_closed", "en")))
            await person.send("/status")
            await person.expect(label("state_in_progress", "en"))
