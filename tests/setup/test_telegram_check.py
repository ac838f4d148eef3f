"""The bot's token is tried before anything starts, against a Bot API server on loopback."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import OperatorError
from bot.supervisor.telegram import bot_username

TOKEN = "123456:a-token-that-must-not-be-seen"
Ask = Callable[..., Awaitable[str]]


@pytest.fixture
async def ask() -> AsyncIterator[Ask]:
    """Yield a function that asks a server which answers with the given status."""
    servers: list[TestServer] = []

    async def do(status: int, body: object, wait: float = 0) -> str:
        async def get_me(request: web.Request) -> web.Response:
            assert request.match_info["token"] == TOKEN
            return web.json_response(body, status=status)

        app = web.Application()
        app.router.add_get("/bot{token}/getMe", get_me)
        server = TestServer(app)
        servers.append(server)
        await server.start_server()
        async with aiohttp.ClientSession() as http:
            url = str(server.make_url("")).rstrip("/")
            return await bot_username(http, api_url=url, token=TOKEN, say=said.append, wait=wait)

    said: list[str] = []
    yield do
    for server in servers:
        await server.close()
    assert not any(TOKEN in line for line in said)


async def test_the_name_of_the_bot_is_returned(ask: Ask) -> None:
    assert await ask(200, {"ok": True, "result": {"id": 1, "username": "korpu_bot"}}) == "korpu_bot"


@pytest.mark.parametrize("status", [401, 404])
async def test_a_wrong_token_is_told_at_once_and_not_shown(ask: Ask, status: int) -> None:
    with pytest.raises(OperatorError) as caught:
        await ask(status, {"ok": False, "error_code": status, "description": "Unauthorized"}, wait=600)
    assert "Copy TELEGRAM_BOT_TOKEN again" in str(caught.value)
    assert "a-token" not in str(caught.value)


async def test_a_server_with_trouble_is_told_with_its_answer(ask: Ask) -> None:
    with pytest.raises(OperatorError, match=r"answer 502.*TELEGRAM_API_URL"):
        await ask(502, {})


async def test_no_server_at_all_is_told_without_the_token() -> None:
    async with aiohttp.ClientSession() as http:
        with pytest.raises(OperatorError, match="Check the network") as caught:
            await bot_username(http, api_url="http://127.0.0.1:9", token=TOKEN, say=print, wait=0)
    assert "a-token" not in str(caught.value)
