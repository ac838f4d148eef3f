"""The edit page in a real browser: what is typed is seen at once, saved, and live; and all of it without scripts."""

import logging
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bot.content.changing import Place, read_changes, value_of
from bot.content.live.keeper import Keeper
from bot.released import Released
from tests.editor.forms import ANSWERS_AZ, LOW
from tests.referral.conftest import PASSPHRASE

pytestmark = [pytest.mark.slow, pytest.mark.databases("sqlite")]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WAIT = 60_000


@dataclass(frozen=True)
class Served:
    """The console on a port, and the keeper of its content."""

    address: str
    keeper: Keeper


@pytest.fixture
def served(app: Flask, place: Place) -> Iterator[Served]:
    keeper = Keeper(Released(place.data_dir, place.locales), sleep=lambda _seconds: None)
    keeper.begin()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Served(f"http://127.0.0.1:{server.port}", keeper)
    server.shutdown()
    thread.join()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def signed_in(browser: Browser, served: Served, faults: list[str], *, scripts: bool = True) -> Page:
    """Sign in as the first editor; errors and refusals of the content policy are noted."""
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(WAIT)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served.address)
    page.get_by_label("Login").fill("editor")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.locator("main button").click()
    page.wait_for_url("**/editor/texts")
    return page


def test_an_answer_is_edited_seen_saved_and_live(browser: Browser, served: Served, place: Place) -> None:
    faults: list[str] = []
    page = signed_in(browser, served, faults)
    page.get_by_label("Words in any language").fill("qəbzi saxlayın")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Send money, bank").click()
    page.get_by_role("button", name="Azərbaycan", exact=True).click()

    box = page.locator("#text-az-text")
    before = box.input_value()
    box.fill(before.replace("qəbzi saxlayın", "çeki saxlayın!"))
    page.locator("#preview-az .bubble b", has_text="çeki saxlayın!").wait_for()
    page.locator("#said-az-text li").first.wait_for()
    box.fill(before.replace("qəbzi saxlayın", "çeki saxlayın"))
    page.locator("#said-az-text li").first.wait_for(state="detached")

    page.get_by_label("Why do you change it?").fill("the word on the paper")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It goes live in some seconds").wait_for()
    served.keeper.look()
    page.get_by_text("Live since").wait_for()
    assert page.locator("ins").all_inner_texts() == ["çeki"]
    assert "<b>" in str(value_of(place.locales, ANSWERS_AZ, (LOW,)))
    assert faults == []


def test_all_of_it_works_without_scripts(browser: Browser, served: Served, place: Place) -> None:
    page = signed_in(browser, served, [], scripts=False)
    page.goto(f"{served.address}/editor/text/{LOW}?with=az")
    box = page.locator("#text-az-text")
    box.fill(box.input_value().replace("qəbzi saxlayın", "çeki saxlayın"))
    page.get_by_role("button", name="فارسی").click()  # what was typed is not lost
    page.get_by_role("button", name="Azərbaycan", exact=True).click()
    page.get_by_role("button", name="Preview").last.click()
    page.locator("#preview-az .bubble", has_text="çeki saxlayın").wait_for()
    page.get_by_label("Why do you change it?").fill("the word on the paper")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It goes live in some seconds").wait_for()
    assert [change.reason for change in read_changes(place)] == ["the word on the paper"]
