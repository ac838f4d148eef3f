"""Asking the Bot API server who the bot is, before anything is started."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.errors import OperatorError

REFUSED = frozenset({401, 404})
WAIT = 60.0
PAUSE = 3.0
ANSWER_SECONDS = 15.0


async def bot_username(
    http: aiohttp.ClientSession, *, api_url: str, token: str, say: Callable[[str], None], wait: float = WAIT
) -> str:
    """Return the bot's name; raise `OperatorError` when the server refuses the token or cannot be reached.

    After a power cut the network comes back later than we do: try for `wait` seconds.
    """
    until = time.monotonic() + wait
    while True:
        reason = ""
        try:
            status, body = await _get_me(http, f"{api_url}/bot{token}/getMe")
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            reason = type(error).__name__  # the message would hold the address, and the address holds the token
        else:
            if status == 200 and body.get("ok"):
                return str(body["result"]["username"])
            if status in REFUSED:
                raise OperatorError(
                    f"{api_url} does not know this bot (answer {status}). "
                    "Copy TELEGRAM_BOT_TOKEN again from @BotFather; it looks like 123456789:AbC…"
                )
            reason = f"answer {status}"
        if time.monotonic() + PAUSE > until:
            raise OperatorError(f"{api_url} cannot be used ({reason}). Check the network and TELEGRAM_API_URL.")
        say(f"{api_url} does not answer yet ({reason}); trying again.")
        await asyncio.sleep(PAUSE)


async def _get_me(http: aiohttp.ClientSession, url: str) -> tuple[int, dict[str, Any]]:
    async with http.get(url, timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)) as answer:
        body = await answer.json(content_type=None)
        return answer.status, body if isinstance(body, dict) else {}
