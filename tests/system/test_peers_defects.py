"""Every defect that was measured in the stock Telegram channel (shared/docs/peers.md §B), as a regression test.

Its other rows: buttons beyond 64 bytes and blank lines are in tests/bot (test_callbacks, test_markup); typed intents,
the message that the bot sends by itself and every kind of attachment in test_whole_way; text in logs in test_canary.
"""

import aiohttp
import pytest

from bot.sandbox.client import SandboxClient
from tests.system.people import LOCALES, choose_language, first_line, has_button, open_referral
from tests.system.running import System
from tests.system.staff import Caseworker

pytestmark = pytest.mark.slow


def first(name: str, language: str = "en") -> str:
    """Return the first words of one of the gateway's texts."""
    return LOCALES.text(name, language).strip().splitlines()[0].replace("<b>", "").replace("</b>", "")[:25]


async def test_a_person_who_blocks_and_comes_back_is_answered(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Blocker", "en")
        await choose_language(person, "en")
        await person.act("block")
        await person.act("unblock")
        await person.send("what is the minimum wage")
        await person.expect("The minimum wage is")


async def test_an_edited_caption_gets_an_answer_and_is_no_text(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Photographer", "en")
        await choose_language(person, "en")
        await person.act("photo", caption="my room")
        await person.expect(first("input_photo"))
        own = next(m for m in reversed(await person.messages()) if not m["from"]["is_bot"])
        await person.act("edit", message_id=own["message_id"], caption="my room and bed")
        await person.expect(first("input_edited"))


async def test_danger_in_a_caption_is_seen(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Photographer", "en")
        await choose_language(person, "en")
        await person.act("photo", caption="they locked us in the container help")
        await person.expect(first("card_danger_now")[:15])


async def test_the_same_update_twice_is_answered_once(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Twice", "en")
        await choose_language(person, "en")
        update_id = await person.send("what is the minimum wage")
        await person.expect("The minimum wage is")
        content = {
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "is_bot": False, "first_name": "T"},
        }
        message = {"message_id": 1, "date": 1, "text": "what is the minimum wage"} | content
        await client.settings(redeliver={"update_id": update_id, "message": message})
        await person.send("how many hours may i work")
        await person.expect("40")
        answers = [m for m in await person.messages() if "The minimum wage is" in m.get("text", "")]
        assert len(answers) == 1


async def test_a_group_is_not_answered(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Grouper", "en")
        await choose_language(person, "en")
        await person.send("how do i get a work permit")
        await person.expect(first_line(LOCALES.answer("work_permit", "en")))  # what the choice brought has come by now
        before = len(await person.messages())
        await person.act("group", text="what is the minimum wage")
        await person.send("how do i open a bank account")
        await person.expect(first_line(LOCALES.answer("life_money", "en")))
        assert len(await person.messages()) == before + 2


async def test_nobody_can_post_to_the_gateway(system: System) -> None:
    forged = {
        "update_id": 1,
        "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"},
    }
    async with aiohttp.ClientSession() as session:
        for port, path in (("GATEWAY", "/"), ("GATEWAY", "/webhook"), ("GATEWAY", "/health")):
            url = f"http://127.0.0.1:{system.ports[port]}{path}"
            async with session.post(url, json=forged) as response:
                assert response.status in {404, 405}
        url = f"http://127.0.0.1:{system.ports['RASA']}/webhooks/korpu/message"
        async with session.post(url, json={"sender": "x"}, headers={"Authorization": "Bearer wrong"}) as response:
            assert response.status == 403


async def test_an_address_arrives_as_it_was_typed(system: System) -> None:
    story = "write to t.me/bothelp or https://example.org/@me or @nobody"
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person("Linker", "en")
        await choose_language(person, "en")
        await open_referral(person, story, contact="pull")
        assert await staff.find(story)


async def test_telegrams_language_is_the_first_guess(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Tourist", "tr-TR")
        await person.act("sticker")
        await person.expect(first("input_sticker", "tr"))


async def test_every_button_is_acknowledged_and_the_bot_does_not_ask_who_it_is(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        person = await client.person("Presser", "en")
        before = (await client.state())["calls"]
        await choose_language(person, "en")
        await person.send("/menu")
        await person.expect(has_button("menu_topic:work"))
        await person.press("menu_topic:work")
        await person.expect(has_button("work_permit"))
        after = (await client.state())["calls"]
        assert after.get("answercallbackquery", 0) - before.get("answercallbackquery", 0) >= 2
        assert after.get("getme", 0) == before.get("getme", 0)
