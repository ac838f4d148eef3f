"""Pictures of the editors' pages for docs/guides/change-an-answer.md: one answer is changed, another one proposed."""

from pathlib import Path

from playwright.async_api import Browser, Page

from referral.demo import EDITORS

DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
LOW, HIGH = "answer/life_money", "answer/work_passport_kept"
OLD, NEW = "qəbzi saxlayın", "çeki saxlayın"  # in the Azerbaijani answer on sending money
WAIT = 240_000  # milliseconds; a picture may be taken on a busy machine


async def editor_scenes(browser: Browser, console: str, passphrase: str, into: Path) -> None:
    """Take a picture of each step of the guide, as two editors of the demonstration."""
    first = await _signed_in(browser, console, EDITORS[0], passphrase)
    await first.screenshot(path=into / "editor-list.png")
    await _change_an_answer(first, console, into)
    await _propose(first, console)
    second = await _signed_in(browser, console, EDITORS[1], passphrase)
    await second.goto(first.url)
    await second.screenshot(path=into / "editor-second.png", full_page=True)
    await first.goto(f"{console}/content/changes?of={LOW}")
    await first.screenshot(path=into / "editor-history.png")
    await first.set_viewport_size(PHONE)
    await first.goto(f"{console}/content/text/text/card_danger_now?with=fa")
    await first.screenshot(path=into / "editor-phone.png")
    await first.close()
    await second.close()


async def _change_an_answer(page: Page, console: str, into: Path) -> None:
    await page.goto(f"{console}/content/text/{LOW}?with=az")
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
    await page.goto(f"{console}/content/text/{HIGH}?with=az")
    box = page.locator("#text-az-text")
    words = await box.input_value()
    await box.fill(words.replace("*\n", " Heç vaxt.*\n", 1))
    await page.get_by_label("Why do you change it?").fill("Said as clearly as it can be")
    await page.locator("#save").click()
    await page.wait_for_url("**/content/proposals/*")


async def _signed_in(browser: Browser, console: str, login: str, passphrase: str) -> Page:
    context = await browser.new_context(viewport=DESKTOP, locale="en-GB")
    page = await context.new_page()
    page.set_default_timeout(WAIT)
    await page.goto(console)
    await page.get_by_label("Login").fill(login)
    await page.get_by_label("Passphrase").fill(passphrase)
    await page.locator("main button").click()
    await page.wait_for_url("**/content/texts")
    return page
