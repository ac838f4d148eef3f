"""Every message of the bot in every language, sent by the real sender, as the chat page shows it on a phone."""

import unicodedata
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ViewportSize, async_playwright, expect
from telegram import Bot

from bot.gateway.markup import plain
from bot.gateway.pace import Pace
from bot.gateway.sender import Sender
from bot.gateway.state import State
from bot.i18n import LOCALES_DIR, Button, Locales, load_locales
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import make_app
from bot.text import utf16_length
from bot.yamlfile import load
from tests.bot.chat.dialogue import nlg
from tests.system.test_browser import CHROMIUM, QUIET, WAIT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180), pytest.mark.asyncio(loop_scope="module")]
LOCALES: Locales = load_locales()
VALUES = {name: value["example"] for name, value in load(LOCALES_DIR / "source" / "placeholders.yml").items()}
PHONE = ViewportSize(width=360, height=740)  # the narrowest phones that people still have
LIMIT = 4096
# What the page shows of each message: its lines, which of their words are bold or slanted, how far
# each line is from both sides, and whether anything sticks out.
LOOK = """() => [...document.querySelectorAll('.message:not(.own)')].map(node => ({
  lines: [...node.querySelectorAll('.bubble > p')].map(p => p.textContent),
  marks: ['strong', 'em'].map(tag => [...node.querySelectorAll(`.bubble ${tag}`)].map(mark => mark.textContent)),
  gaps: [...node.querySelectorAll('.bubble > p')].map(p => {
    const range = document.createRange();
    range.selectNodeContents(p);
    const boxes = [...range.getClientRects()], around = p.getBoundingClientRect();
    const last = boxes.filter(box => box.bottom > boxes.at(-1).bottom - 9);
    const left = Math.min(...last.map(box => box.left)), right = Math.max(...last.map(box => box.right));
    return [left - around.left, around.right - right];
  }),
  buttons: [...node.querySelectorAll('.keyboard button')].map(button => button.textContent),
  wide: [node, ...node.querySelectorAll('*')].some(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
    || node.getBoundingClientRect().right > innerWidth || node.getBoundingClientRect().left < 0,
}))"""


@dataclass(frozen=True)
class Sent:
    """One message as the bot made it."""

    name: str
    text: str
    rows: list[list[Button]]

    @property
    def lines(self) -> list[str]:
        """Return what a person is to see, line by line."""
        return plain(self.text).strip().split("\n")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        await started.close()


async def messages(language: str) -> list[Sent]:
    """Return every answer and every other text of the bot with its buttons, as Rasa's side makes them."""
    tracker: Any = SimpleNamespace(
        latest_message=SimpleNamespace(metadata={"language": language} | VALUES),
        active_loop_name=None,
        get_slot=lambda _name: None,
    )
    found = []
    for name in (*LOCALES.answers, *LOCALES.dialogue):
        made = await nlg().generate(f"utter_{name}", tracker, "korpu", values={}, html=VALUES)
        assert made is not None
        rows = [[Button(**button) for button in row] for row in made["custom"]["rows"]]
        found.append(Sent(name, made["text"], rows))
    return found


async def shown(sent: list[Sent], browser: Browser, folder: Path, language: str) -> list[dict[str, Any]]:
    """Send the messages through the stand-in of Telegram; return what the page shows of each."""
    async with TestServer(make_app(), host="127.0.0.1") as server:
        address = str(server.make_url("/")).rstrip("/")
        state = State(folder / "gateway.db", bytes(32))
        async with SandboxClient(address) as client, Bot("1:sandbox", base_url=f"{address}/bot") as bot:
            person = await client.person(language, language)
            sender = Sender(bot, state=state, callback_key=bytes(32), pace=Pace(per_second=1e9))
            for message in sent:
                await sender.say(person.id, "pseudonym", message.text, message.rows)
            page = await browser.new_page(viewport=PHONE)
            await page.goto(f"{address}/#{person.id}")
            await expect(page.locator(".message")).to_have_count(len(sent), timeout=WAIT)
            found: list[dict[str, Any]] = await page.evaluate(LOOK)
            await page.close()
        state.close()
    return found


def begins_where_it_must(line: str, gaps: list[float], *, rtl: bool) -> bool:
    """Tell whether the last row of a line touches the side that its language writes from.

    A line without a letter of that direction (a telephone number, an example of a name) has none of its own.
    """
    own = ("R", "AL") if rtl else ("L",)
    return not any(unicodedata.bidirectional(sign) in own for sign in line) or gaps[rtl] <= 1


def marked(text: str, tag: str) -> Iterator[str]:
    """Yield what stands between a tag and its end, line by line as the page must cut it."""
    for part in text.split(f"<{tag}>")[1:]:
        yield from plain(part.partition(f"</{tag}>")[0]).split("\n")


@pytest.mark.parametrize("language", LOCALES.languages)
async def test_every_message_is_shown_whole_and_the_right_way_round(
    language: str, browser: Browser, tmp_path: Path
) -> None:
    sent = await messages(language)
    seen = await shown(sent, browser, tmp_path, language)
    rtl = LOCALES.languages[language].rtl
    assert len(seen) == len(sent) >= len(LOCALES.answers) + len(LOCALES.dialogue)
    for made, look in zip(sent, seen, strict=True):
        assert look["lines"] == made.lines, made.name
        assert not set("{}<>") & set("".join(look["lines"])), made.name
        assert utf16_length("\n".join(look["lines"])) <= LIMIT, made.name
        assert look["marks"] == [list(marked(made.text, tag)) for tag in ("b", "i")], made.name
        assert look["buttons"] == [button.title for row in made.rows for button in row], made.name
        assert not look["wide"], made.name
        for line, gaps in zip(look["lines"], look["gaps"], strict=True):
            assert begins_where_it_must(line, gaps, rtl=rtl), (made.name, line)
