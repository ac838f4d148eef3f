"""Pictures of the editors' pages for docs/guides: people report a number, one editor calls it, two change it."""

from pathlib import Path

from playwright.async_api import Browser, Page

from bot.sandbox.client import SandboxClient
from referral.demo import EDITORS
from scripts.scenes import PHONE, Running, answered, greeted

WIDE = {"width": 1280, "height": 800}
ASKING = (
    ("Elvin", "az", "maaşımı vermirlər"),
    ("Гулнора", "ru", "мне не платят зарплату"),
    ("Deniz", "tr", "maaşımı vermiyorlar"),
)
NUMBER, OTHER = "hotline_labour", "hotline_women"
WRONG = "number_wrong:work_unpaid_wages"
MADE_UP = "(012) 444 44 44"


async def editors(client: SandboxClient, browser: Browser, system: Running, into: Path) -> None:
    """Take the pictures."""
    for name, language, question in ASKING:
        await report(client, name, language, question)
    page = await signed_in(browser, system, EDITORS[0])
    await page.goto(f"{system.console}/editor/facts")
    await page.screenshot(path=into / "editor-facts.png")
    await call(page, system, into)
    await change(page, system, into)
    await page.set_viewport_size(PHONE)
    await page.goto(f"{system.console}/editor/facts?show=phones")
    await page.screenshot(path=into / "editor-facts-phone.png")
    await page.close()
    await approve(browser, system, into)


async def report(client: SandboxClient, name: str, language: str, question: str) -> None:
    """Let somebody say that a number does not work."""
    person = await greeted(client, name, language)
    await answered(person, question, WRONG)
    await person.press(WRONG)
    await person.expect("☎\u00a0142")  # the only number of that answer: it is noted at once


async def call(page: Page, system: Running, into: Path) -> None:
    """Note a call."""
    await page.goto(f"{system.console}/editor/facts/{NUMBER}")
    await page.screenshot(path=into / "editor-facts-number.png")
    await page.get_by_role("link", name="I called this number today").click()
    await page.get_by_label("The one that the answers name").check()
    for language in ("Azərbaycanca", "Русский"):
        await page.get_by_label(language).check()
    await page.get_by_label("What else should colleagues know").fill("Monday to Friday, 9 to 18")
    await page.screenshot(path=into / "editor-facts-call.png", full_page=True)
    await page.get_by_role("button", name="Note the call").click()
    await page.get_by_text("It is noted that the number was called today.").wait_for()
    await page.screenshot(path=into / "editor-facts-called.png")


async def change(page: Page, system: Running, into: Path) -> None:
    """Write a new number, look at what it changes, and ask a second editor."""
    await page.goto(f"{system.console}/editor/facts/{OTHER}/change?wrong=1")
    await page.get_by_label("Value").fill(MADE_UP)
    await page.get_by_label("Another source: its name").fill("A letter of the Committee")
    await page.get_by_label("Date of the source").fill("2026-11-20")
    await page.get_by_label("Why do you change it?").fill("The Committee has written that it has a new number")
    await page.screenshot(path=into / "editor-facts-change.png", full_page=True)
    await page.get_by_role("button", name="Show what will change").click()
    await page.get_by_role("heading", name="What will change").wait_for()
    await page.locator("#look").screenshot(path=into / "editor-facts-look.png")
    await page.get_by_role("button", name="Ask a second editor").click()
    await page.get_by_text("Your change waits for a second editor.").wait_for()


async def approve(browser: Browser, system: Running, into: Path) -> None:
    """Show the second editor what waits."""
    page = await signed_in(browser, system, EDITORS[1])
    await page.goto(f"{system.console}/editor/proposals")
    await page.locator("main article").first.get_by_role("link").click()
    await page.screenshot(path=into / "editor-facts-second.png", full_page=True)
    await page.close()


async def signed_in(browser: Browser, system: Running, login: str) -> Page:
    """Open a page of the console as somebody."""
    page = await browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    await page.goto(system.console)
    await page.get_by_label("Login").fill(login)
    await page.get_by_label("Passphrase").fill(system.passphrase)
    await page.locator("main button").click()
    await page.wait_for_url("**/editor/texts*")
    return page
