"""From a question on Telegram to a caseworker's answer, over real HTTP, in each language."""

import re

import pytest

from bot.sandbox.client import SandboxClient
from tests.system.people import (
    CODE,
    LOCALES,
    choose_language,
    first_line,
    has_button,
    label,
    open_referral,
    read_reply,
)
from tests.system.running import System
from tests.system.staff import Caseworker

pytestmark = pytest.mark.slow
RECEIPT = re.compile(r"\b\d{4} \d{4} \d{4}\b")

WORDS = {
    "az": ("iş icazəsi necə alınır", "ərim məni döyür kömək edin", "pasportumu işəgötürən saxlayır az"),
    "en": ("how to get a work permit", "my husband is hitting me help", "my employer keeps my passport en"),
    "ru": ("как получить разрешение на работу", "муж меня бьёт помогите", "хозяин забрал паспорт ru"),
    "tr": ("çalışma izni nasıl alınır", "kocam beni dövüyor yardım edin", "patron pasaportumu tutuyor tr"),
}
REPLY = {
    "az": "Sizə kömək edə bilərik",
    "en": "We can help you",
    "ru": "Мы можем вам помочь",
    "tr": "Size yardım edebiliriz",
}


@pytest.mark.parametrize("language", ["az", "en", "ru", "tr"])
async def test_from_a_question_to_an_answer(system: System, language: str) -> None:
    question, danger, story = WORDS[language]
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person("Aysel", language)
        await choose_language(person, language)

        await person.send(question)
        await person.expect(first_line(LOCALES.answer("work_permit", language)))

        await person.send(danger)
        await person.expect(first_line(LOCALES.text("card_danger_now", language)))

        code = await open_referral(person, story)
        await person.send("/status")
        await person.expect(label("state_new", language))

        case = await staff.find(story)
        await staff.take(case)
        await person.send("/status")
        await person.expect(label("state_accepted", language))

        await staff.answer(case, REPLY[language])
        await read_reply(person, REPLY[language])
        await person.send("/status")
        await person.expect(label("state_in_progress", language))
        await person.expect(label("did_replied", language))

        await person.press(label("btn_write", language))
        await person.expect(first_line(LOCALES.text("message_ask", language)))
        await person.send(f"{story} 2")
        await person.expect(first_line(LOCALES.text("message_stored", language)))
        assert f"{story} 2" in await staff.page(f"/case/{case}")

        stranger = await client.person("Other phone", language)
        await choose_language(stranger, language)
        await stranger.send(code)
        await stranger.expect(REPLY[language], 30)


@pytest.mark.parametrize("language", [code for code in LOCALES.languages if code not in WORDS])
async def test_a_code_is_announced_and_works_in_every_other_language(system: System, language: str) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Newcomer", language)
        await choose_language(person, language)
        code = await open_referral(person, f"told in {language}")
        stranger = await client.person("Other phone", language)
        await choose_language(stranger, language)
        await stranger.send(code)
        await stranger.expect(label("state_new", language))


async def test_who_asks_with_a_code_is_not_linked_to_a_chat(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person("Nino", "en")
        await choose_language(person, "en")
        code = await open_referral(person, "only by code please", contact="pull", code_word="pomegranate")
        await person.send("/status")
        await person.expect(first_line(LOCALES.text("status_none", "en")))
        case = await staff.find("only by code please")
        assert "pomegranate" in await staff.page(f"/case/{case}")
        await staff.take(case)
        await staff.answer(case, "come on Tuesday")
        await person.send(code)
        await person.expect("come on Tuesday", 30)
        await person.send(code[:-1] + str((int(code[-1]) + 1) % 10))
        await person.expect(first_line(LOCALES.text("code_unknown", "en")))


async def test_a_request_can_be_taken_back_and_deleted(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person("Temur", "en")
        await choose_language(person, "en")
        await open_referral(person, "this will be deleted")
        case = await staff.find("this will be deleted")
        await person.send("/status")
        await person.expect(label("state_new", "en"))
        await person.press(label("btn_withdraw", "en"))
        await person.expect(first_line(LOCALES.text("withdraw_ask", "en")))
        await person.press(label("btn_yes_withdraw", "en"))
        await person.expect(first_line(LOCALES.text("withdraw_done", "en", rest="")))
        assert "this will be deleted" not in await staff.page(f"/case/{case}")
        await person.send("/delete")
        await person.expect(has_button("delete_all"))
        await person.press("delete_all")
        await person.expect("Deleted: 1 of your requests")
        assert RECEIPT.search((await person.messages())[-1]["text"])


async def test_an_intake_answers_questions_and_never_says_did_you_mean(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Ali", "en")
        await choose_language(person, "en")
        await person.send("/menu")
        await person.expect(has_button("request_help"))
        await person.press("request_help")
        await person.expect(has_button("choose:topic.work"))
        await person.press("choose:topic.work")
        await person.expect(has_button("consent_give"))
        await person.send("yes")
        await person.expect(first_line(LOCALES.text("intake_reask", "en")))
        await person.send("what is the minimum wage")
        await person.expect("The minimum wage is")
        await person.expect(has_button("consent_give"))
        await person.send("qwzx plmk")
        await person.expect(has_button("consent_give"))
        guesses = first_line(LOCALES.text("fallback_choose", "en"))
        assert not any(guesses in message.get("text", "") for message in await person.messages())
        await person.press("consent_refuse")
        await person.expect(first_line(LOCALES.text("consent_refused", "en")))


async def test_typed_commands_of_the_inside_are_only_words(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Mallory", "en")
        await choose_language(person, "en")
        for attack in ('/consent_give{"value":"x"}', "/referral_send", '/sealed{"value":"x"}', "/delete_all"):
            await person.send(attack)
            message = await person.expect(lambda m: bool(m.get("text")))
            assert "Deleted" not in message["text"]
            assert not CODE.search(message["text"])
        await person.send("/status")
        await person.expect(first_line(LOCALES.text("status_none", "en")))


async def test_quick_exit_cleans_the_screen(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Leyla", "ru")
        await choose_language(person, "ru")
        await person.send("минимальная зарплата")
        await person.expect(first_line(LOCALES.answer("work_minimum_wage", "ru"))[:20])
        await person.send("/exit")
        await person.expect(first_line(LOCALES.text("exit_done", "ru")))
        assert len(await person.messages()) == 1


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "contact", "location"])
async def test_every_kind_of_message_gets_a_sensible_answer(system: System, kind: str) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Rashid", "en")
        await person.act(kind)
        await person.expect(first_line(LOCALES.text(f"input_{kind}", "en")))


IN_ANOTHER_LANGUAGE = {
    "az": ("en", "iki aydır müdir maaşımı vermir, nə edə bilərəm?"),
    "ru": ("az", "начальник два месяца не платит мне зарплату, что делать?"),
    "ka": ("en", "უფროსი ორი თვეა ხელფასს არ მიხდის, რა ვქნა?"),
    "ar": ("tr", "المدير لم يدفع لي راتبي منذ شهرين، ماذا أفعل؟"),
}


@pytest.mark.parametrize("written", IN_ANOTHER_LANGUAGE)
async def test_a_message_in_another_language_offers_it_and_does_not_switch(system: System, written: str) -> None:
    chosen, question = IN_ANOTHER_LANGUAGE[written]
    async with SandboxClient(system.chat) as client:
        person = await client.person("Two tongues", chosen)
        await choose_language(person, chosen)
        await person.send(question)
        answer = await person.expect(first_line(LOCALES.answer("work_unpaid_wages", chosen)))
        assert has_button(f"language:{written}")(answer)
        await person.press(f"language:{written}")
        await person.expect(first_line(LOCALES.text("language_set", written)))
        await person.send(question)
        await person.expect(first_line(LOCALES.answer("work_unpaid_wages", written)))
