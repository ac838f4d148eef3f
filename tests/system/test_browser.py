"""The whole way in a real browser: the chat page as a person uses it, the console as a caseworker uses it."""

import re
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.system.people import CODE, LOCALES
from tests.system.running import System

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STORY = "written in a real browser"
WAIT = 30_000


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        await started.close()


async def quiet_page(browser: Browser, faults: list[str]) -> Page:
    """Open a page that notes every error and every refusal of the content policy."""
    page = await browser.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page


async def newcomer(page: Page, system: System, name: str, language: str) -> None:
    """Add a person, press START, choose the language."""
    await page.goto(system.chat)
    await page.get_by_label("Name").fill(name)
    await page.locator("#person-language").select_option(language)
    await page.locator("#add-person").click()
    await page.locator("#start").click()
    await tap(page, LOCALES.languages[language].name)
    await said(page, LOCALES.text("language_set", language))


async def tap(page: Page, title: str) -> None:
    """Press the newest button with a title."""
    button = page.locator(".keyboard button", has_text=re.compile(f"^{re.escape(title)}$")).last
    await button.click(timeout=WAIT)


async def write(page: Page, text: str) -> None:
    """Type and send."""
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")


async def said(page: Page, text: str) -> None:
    """Wait until the bot has said it."""
    first = text.strip().splitlines()[0].replace("<b>", "").replace("</b>", "")
    await page.locator(".message:not(.own)", has_text=first).last.wait_for(timeout=WAIT)


def word(key: str) -> str:
    """Return a button's title in English."""
    return LOCALES.label(key, "en")


async def fill_in(page: Page) -> str:
    """Go through the intake; return the code."""
    await page.locator("#menu").click()
    await page.locator("#commands button", has_text="/menu").click()
    await said(page, LOCALES.text("menu", "en"))
    await tap(page, LOCALES.intent_label("request_help", "en"))
    await said(page, LOCALES.text("ask_topic", "en", organisation="Körpü demo"))
    await tap(page, word("topic:work"))
    await tap(page, word("btn_consent_give"))
    await said(page, LOCALES.text("ask_narrative", "en"))
    await write(page, STORY)
    await tap(page, word("btn_next"))
    for question in ("place", "age", "language", "gender"):
        await said(page, LOCALES.text(f"ask_{question}", "en"))
        await tap(page, word("btn_skip"))
    await said(page, LOCALES.text("ask_contact", "en"))
    await tap(page, word("contact_push"))
    await tap(page, word("time_any"))
    await said(page, LOCALES.text("ask_code_word", "en"))
    await tap(page, word("btn_skip"))
    await tap(page, word("btn_send"))
    message = page.locator(".message:not(.own)", has_text=CODE).last
    await message.wait_for(timeout=WAIT)
    found = CODE.search(await message.inner_text())
    assert found
    return found[0]


async def test_from_the_chat_page_to_the_console_and_back(system: System, browser: Browser) -> None:
    faults: list[str] = []
    chat = await quiet_page(browser, faults)
    await newcomer(chat, system, "Browser", "en")
    await write(chat, "how do i get a work permit")
    await said(chat, LOCALES.answer("work_permit", "en"))
    await write(chat, "my husband is hitting me help")
    await said(chat, "If you can, call now")
    await fill_in(chat)

    console = await quiet_page(browser, faults)
    await console.goto(system.console)
    login, passphrase = system.account
    await console.get_by_label("Login").fill(login)
    await console.get_by_label("Passphrase").fill(passphrase)
    await console.locator("main button").click()
    await console.wait_for_url("**/queue*")
    first = console.locator("tbody tr", has_text="Danger").first
    await first.get_by_role("link").click()
    await console.get_by_text(STORY).wait_for()
    await console.get_by_role("button", name="Take this case").click()
    await console.get_by_label("Your reply").fill("we can help, from the browser")
    await console.get_by_role("button", name="Send reply").click()
    await said(chat, LOCALES.text("relay_notice", "en"))
    await tap(chat, word("btn_show"))
    await said(chat, "we can help, from the browser")
    await console.get_by_role("button", name="Sign out").click()
    await console.wait_for_url("**/sign-in*")

    await write(chat, "/exit")
    await said(chat, LOCALES.text("exit_done", "en"))
    await expect(chat.locator(".message")).to_have_count(1, timeout=WAIT)
    assert faults == []


async def test_two_people_in_one_window_do_not_see_each_other(system: System, browser: Browser) -> None:
    faults: list[str] = []
    page = await quiet_page(browser, faults)
    await newcomer(page, system, "First of two", "en")
    await write(page, "what is the minimum wage")
    await said(page, "The minimum wage is")
    await newcomer(page, system, "Second of two", "tr")
    assert await page.locator(".message", has_text="minimum wage").count() == 0
    await page.locator("#people button", has_text="First of two").click()
    await said(page, "The minimum wage is")
    assert faults == []


async def test_a_line_of_arabic_runs_from_right_to_left(system: System, browser: Browser) -> None:
    page = await quiet_page(browser, [])
    await newcomer(page, system, "Layla", "en")
    await write(page, "مرحبا 112 Baku")
    line = page.locator(".message.own p").last
    assert await line.evaluate("node => getComputedStyle(node).direction === 'rtl' || node.dir === 'auto'")
    assert await line.evaluate("node => getComputedStyle(node).unicodeBidi") == "plaintext"
