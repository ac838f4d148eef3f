"""The stand-in, driven by the library that drives Telegram."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter

from bot.sandbox.client import SandboxClient, SimulatedPerson
from bot.sandbox.server import make_app


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    async with TestServer(make_app(), host="127.0.0.1") as running:
        yield running


@pytest.fixture
async def client(server: TestServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(str(server.make_url("/"))) as made:
        yield made


@pytest.fixture
async def person(client: SandboxClient) -> SimulatedPerson:
    return await client.person("Aysel", "az")


@pytest.fixture
async def bot(server: TestServer) -> AsyncIterator[Bot]:
    async with Bot("1:sandbox", base_url=str(server.make_url("/bot"))) as made:
        yield made


async def test_what_is_not_acknowledged_comes_again(bot: Bot, person: SimulatedPerson) -> None:
    await person.send("one")
    await person.send("two")
    first = await bot.get_updates()
    assert [u.message.text for u in first if u.message] == ["one", "two"]
    assert [u.update_id for u in await bot.get_updates()] == [u.update_id for u in first]
    rest = await bot.get_updates(offset=first[1].update_id)
    assert [u.message.text for u in rest if u.message] == ["two"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/x")
    with pytest.raises(Conflict):
        await bot.get_updates()


@pytest.mark.parametrize(
    ("text", "mode", "error"),
    [
        ("x" * 4097, None, "too long"),
        ("😀" * 2049, None, "too long"),
        (" \n ", None, "empty"),
        ("<b>x", "HTML", "an't parse entities"),
        ("<x>y</x>", "HTML", "nsupported start tag"),
        ("a < b", "HTML", "an't parse entities"),
    ],
)
async def test_texts_that_telegram_refuses(
    bot: Bot, person: SimulatedPerson, text: str, mode: str | None, error: str
) -> None:
    with pytest.raises(BadRequest, match=error):
        await bot.send_message(person.id, text, parse_mode=mode)


async def test_markup_does_not_count_and_offsets_are_utf16(bot: Bot, person: SimulatedPerson) -> None:
    message = await bot.send_message(person.id, "😀<b>" + "x" * 4094 + "</b>", parse_mode="HTML")
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bold", 2, 4094)]


@pytest.mark.parametrize(("data", "fits"), [("x" * 64, True), ("x" * 65, False), ("ə" * 33, False)])
async def test_button_data_is_counted_in_bytes(bot: Bot, person: SimulatedPerson, data: str, fits: bool) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("go", callback_data=data)]])
    if fits:
        await bot.send_message(person.id, "x", reply_markup=markup)
    else:
        with pytest.raises(BadRequest, match=r"(?i)button.?data.?invalid"):
            await bot.send_message(person.id, "x", reply_markup=markup)


async def test_a_press_is_answered_once(bot: Bot, person: SimulatedPerson) -> None:
    await bot.send_message(
        person.id, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("go", callback_data="d")]])
    )
    await person.press("go")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "d"
    await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(update.callback_query.id)


async def test_a_blocked_bot_may_not_write(bot: Bot, person: SimulatedPerson) -> None:
    await person.act("block")
    with pytest.raises(Forbidden):
        await bot.send_message(person.id, "x")
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None


async def test_faults_come_as_ordered(bot: Bot, client: SandboxClient, person: SimulatedPerson) -> None:
    await client.settings(fault={"method": "sendMessage", "left": 1, "status": 429, "retry_after": 2})
    await client.settings(fault={"method": "sendMessage", "left": 1, "status": 502})
    await client.settings(fault={"method": "sendMessage", "left": 1, "status": 0})
    for kind in (RetryAfter, NetworkError, NetworkError):
        with pytest.raises(kind):
            await bot.send_message(person.id, "x")
    await bot.send_message(person.id, "x")


async def test_the_pace_is_limited_when_asked(bot: Bot, client: SandboxClient, person: SimulatedPerson) -> None:
    await client.settings(limit_per_second=2)
    await bot.send_message(person.id, "1")
    await bot.send_message(person.id, "2")
    with pytest.raises(RetryAfter):
        await bot.send_message(person.id, "3")


async def test_both_sides_are_deleted_within_48_hours_only(
    bot: Bot, client: SandboxClient, person: SimulatedPerson
) -> None:
    await person.send("mine")
    await bot.send_message(person.id, "yours")
    ids = [message["message_id"] for message in await person.messages()]
    assert await bot.delete_messages(person.id, [*ids, 999_999])
    assert await person.messages() == []
    late = await bot.send_message(person.id, "late")
    await client.settings(clock_offset=49 * 3600)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_messages(person.id, [late.message_id])


async def test_commands_are_kept_per_language(bot: Bot) -> None:
    await bot.set_my_commands([("menu", "Mövzular")], language_code="az")
    assert (await bot.get_my_commands(language_code="az"))[0].description == "Mövzular"
    assert await bot.get_my_commands() == ()


async def test_other_hosts_and_origins_are_refused(server: TestServer, client: SandboxClient) -> None:
    session = client._session
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        async with session.get(str(server.make_url("/sandbox/state")), headers=headers) as response:
            assert response.status == 403
