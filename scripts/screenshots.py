"""Take the pictures in docs/screenshots from the running system, with made-up people in a data folder of its own."""

import argparse
import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.paths import ROOT
from bot.sandbox.client import SandboxClient, SimulatedPerson
from bot.yamlfile import load
from scripts.editor_screenshots import editors
from scripts.scenes import PHONE, Running, answered, answered_when_asked, greeted, offers
from scripts.texts_screenshots import texts

TALL = {"width": 390, "height": 1240}
DESKTOP = {"width": 1366, "height": 768}
PORTS = ("KORPU_CHAT_PORT", "KORPU_CONSOLE_PORT", "KORPU_RASA_PORT", "KORPU_ACTIONS_PORT", "KORPU_GATEWAY_PORT")
BROWSER = shutil.which("chromium") or "/usr/bin/chromium"
INTAKE = (
    *("request_help", "choose:topic.work", "consent_give", "intake_next", "skip", "choose:age.25_59", "skip"),
    *("choose:gender.any", "choose:contact.push", "choose:safe_time.any", "skip", "referral_send"),
)
STORY = "I work on a building site. They keep my passport and have not paid me since August."
REPLY = "Hello, I am Leyla. Keep your receipts and photos of the site. Can you write to me on Monday evening?"


def main() -> None:
    """Start everything, take the pictures, stop everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", choices=SCENES, help="the pictures of one part; all if it is left out")
    chosen = parser.parse_args()
    into: Path = chosen.into
    into.mkdir(parents=True, exist_ok=True)
    with running() as system:
        asyncio.run(take(system, into, [chosen.only] if chosen.only else SCENES))
    print(f"The pictures are in {into}.")


@contextmanager
def running() -> Iterator[Running]:
    """Run `korpu run` on free ports over a fresh data folder and a copy of the editors' files."""
    with tempfile.TemporaryDirectory() as folder:
        locales = shutil.copytree(ROOT / "locales", Path(folder, "files", "locales"))
        environ = os.environ | {name: str(free_port()) for name in PORTS}
        environ |= {"KORPU_DATA_DIR": folder, "KORPU_LOCALES_DIR": str(locales), "PYTHONPATH": str(ROOT)}
        for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "KORPU_DATABASE_URL"):
            environ.pop(name, None)
        command = [sys.executable, "-m", "bot.cli", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
        try:
            yield wait_until_ready(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)


def wait_until_ready(process: "subprocess.Popen[str]") -> Running:
    """Read its lines until it is ready; end the script when it cannot be."""
    assert process.stdout is not None
    login = passphrase = ""
    for line in process.stdout:
        print(line, end="")
        if found := re.search(r"login: (\S+)   passphrase: (\S+)", line):
            login, passphrase = found.groups()
        if found := re.match(r"ready chat=(\S+) console=(\S+)", line):
            return Running(*found.groups(), login=login, passphrase=passphrase)
    sys.exit("`korpu run` has ended; its lines above say why.")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def take(system: Running, into: Path, scenes: Iterable[str]) -> None:
    """Play the scenes and take a picture of each."""
    async with SandboxClient(system.chat) as client, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for scene in scenes:
            await SCENES[scene](client, browser, system, into)
        await browser.close()


async def chats(client: SandboxClient, browser: Browser, system: Running, into: Path) -> None:
    """Take the pictures of the chat."""
    maryam = await greeted(client, "Maryam", "en")
    await answered(maryam, "my employer keeps my passport, is that allowed?")
    await picture(browser, system, maryam, into / "chat-answer.png")
    anna = await greeted(client, "Анна", "ru")
    await answered(anna, "муж меня бьёт, помогите", "quick_exit")
    await picture(browser, system, anna, into / "chat-danger.png", show="☎\u00a0112")
    deniz = await greeted(client, "Deniz", "tr")
    await answered(deniz, "çalışma iznim bitiyor ne yapmalıyım")
    await picture(browser, system, deniz, into / "chat-desktop.png", size=DESKTOP)
    for language, (name, question) in load(ROOT / "scripts" / "screenshots.yml").items():
        person = await greeted(client, name, language)
        await answered(person, question)
        await picture(browser, system, person, into / f"dialogue-{language}.png", size=TALL)
    await opened(maryam)
    await picture(browser, system, maryam, into / "chat-code.png")


async def console(client: SandboxClient, browser: Browser, system: Running, into: Path) -> None:
    """Take the pictures of the console, and of the reply as it arrives in the chat."""
    for name, language in (("Əli", "az"), ("Анна", "ru")):
        await opened(await greeted(client, name, language))
    writer = await greeted(client, "Nino", "en")
    await opened(writer)
    page = await browser.new_page(viewport=DESKTOP)
    await page.goto(system.console)
    await page.get_by_label("Login").fill(system.login)
    await page.get_by_label("Passphrase").fill(system.passphrase)
    await page.locator("main button").click()
    await page.wait_for_url("**/queue*")
    await page.screenshot(path=into / "console-queue.png")
    await answer_last(page)
    await page.screenshot(path=into / "console-case.png", full_page=True)
    await writer.expect(lambda message: offers(message, "Show it"))
    await writer.press("Show it")
    await writer.expect("Leyla")
    await picture(browser, system, writer, into / "chat-reply.png")
    await page.close()


async def answer_last(page: Page) -> None:
    """Take the newest case and answer it."""
    await page.locator("tbody tr").last.get_by_role("link").click()
    await page.get_by_role("button", name="Take this case").click()
    await page.get_by_label("Your reply").fill(REPLY)
    await page.get_by_role("button", name="Send reply").click()
    await page.get_by_text(REPLY).wait_for()


async def opened(person: SimulatedPerson) -> None:
    """Go through the intake up to the code."""
    await answered(person, "/menu", INTAKE[0])
    for step, following in zip(INTAKE, [*INTAKE[1:], "case_status"], strict=True):
        await person.press(step)
        if step == "consent_give":
            await answered_when_asked(person, STORY, following)
        else:
            await person.expect(partial(offers, button=following))


async def picture(
    browser: Browser,
    system: Running,
    person: SimulatedPerson,
    path: Path,
    *,
    size: dict[str, int] = PHONE,
    show: str | None = None,
) -> None:
    """Take a picture of a person's chat; `show` scrolls to the last message with these words."""
    page = await browser.new_page(viewport=size, device_scale_factor=1)
    await page.goto(f"{system.chat}/#{person.id}")
    await page.locator(".message").last.wait_for()
    if show is not None:
        await page.locator(".message", has_text=show).last.evaluate("message => message.scrollIntoView()")
    await page.screenshot(path=path)
    await page.close()


SCENES = {"chats": chats, "console": console, "texts": texts, "editors": editors}

if __name__ == "__main__":
    main()
