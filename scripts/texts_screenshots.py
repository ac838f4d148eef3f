"""Pictures of the editors' pages for docs/guides/change-an-answer.md: one answer is changed, another one proposed."""

from pathlib import Path

from playwright.async_api import Browser, Page

from bot.sandbox.client import SandboxClient
from referral.demo import EDITORS
from scripts.editor_screenshots import signed_in
from scripts.scenes import PHONE, Running

LOW, HIGH = "answer/life_money", "answer/work_passport_kept"
OLD, NEW = "qəbzi saxlayın", "çeki saxlayın"  # in the Azerbaijani answer on sending money
WAIT = 240_000  # milliseconds; a picture may be taken on a busy machine


async def texts(_client: SandboxClient, browser: Browser, system: Running, into: Path) -> None:
    """Take a picture of each step of the guide, as two editors of the demonstration."""
    console = system.console
    first = await signed_in(browser, system, EDITORS[0])
    first.set_default_timeout(WAIT)
    await first.screenshot(path=into / "editor-list.png")
    await _change_an_answer(first, console, into)
    await _propose(first, console)
    second = await signed_in(browser, system, EDITORS[1])
    await second.goto(first.url)
    await second.screenshot(path=into / "editor-second.png", full_page=True)
    await first.goto(f"{console}/editor/changes?of={LOW}")
    await first.screenshot(path=into / "editor-history.png")
    await first.set_viewport_size(PHONE)
    await first.goto(f"{console}/editor/text/text/card_danger_now?with=fa")
    await first.screenshot(path=into / "editor-phone.png")
    await first.close()
    await second.close()


async def _change_an_answer(page: Page, console: str, into: Path) -> None:
    await page.goto(f"{console}/editor/text/{LOW}?with=az")
    box = page.locator("#text-az-text")
    words = await box.input_value()
    await box.fill(words.replace(OLD, f"{NEW}!"))
    await page.locator("#said-az-text li").first.wait_for()
    await page.locator("#said-az-text").scroll_into_view_if_needed()
    await page.screenshot(path=into / "editor-mistake.png")
    await box.fill(words.replace(OLD, NEW))
    await page.locator("#said-az-text li").first.wait_for(state="detached")
    await page.get_by_label("Why do you change it?").fill("People ask for a çek, not for a qəbz")
    await page.evaluate("scrollTo(0, 0)")
    await page.screenshot(path=into / "editor-edit.png")
    await page.locator("#save").click()
    await page.locator(".notice.live").wait_for()
    await page.screenshot(path=into / "editor-live.png")


async def _propose(page: Page, console: str) -> None:
    await page.goto(f"{console}/editor/text/{HIGH}?with=az")
    box = page.locator("#text-az-text")
    words = await box.input_value()
    await box.fill(words.replace("*\n", " Heç vaxt.*\n", 1))
    await page.get_by_label("Why do you change it?").fill("Said as clearly as it can be")
    await page.locator("#save").click()
    await page.wait_for_url("**/editor/proposals/*")
