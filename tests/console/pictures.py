"""Take pictures of the console's pages with made-up cases, to look at them.

Run `python -m tests.console.pictures DIR [LANGUAGE…]`; Chromium has to be there. It is not a test: whether a page looks
right, somebody must see.
"""

import datetime as dt
import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from referral import append_message, audit, engine_for, session_scope, upgrade_schema
from referral.console.app import create_app
from referral.demo import COLLEAGUES, PARTNER, ensure_demo
from referral.enums import ConsentAnswer, ConsentScope, ContactOutcome, HoldReason, LegalBasis, SharingKind
from referral.models import CaseDeadline, CaseRecord, ConsentRequest
from referral.published import read_public
from referral.recipients import ITEMS, SUPPORT, Recipient
from referral.service.asking import ask_consent, override_consent
from referral.service.common import now, today
from referral.service.holds import place_hold
from referral.service.notes import add_contact_attempt, add_note
from referral.service.signing_in import sign_in
from referral.service.staff import SignedIn
from tests.console.conftest import LOCALES, agree, open_told, refer
from tests.databases import Database
from tests.referral.conftest import DAY, World

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LANGUAGES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский"}
STORY = (
    "I work on a building site outside the city. They took my passport in the first week and say that I owe them for "
    "the ticket. I have not been paid since August.\n\nما اجازه نداریم بیرون برویم."
)


class DemoWorld(World):
    """The demonstration's data, with its one passphrase for everybody."""

    passphrase = ""

    def signed_in(self, login: str = "demo") -> SignedIn:
        """Return a member of staff whose key is open."""
        with session_scope(self.engine) as session:
            found = sign_in(session, login="demo" if login == "leyla" else login, passphrase=self.passphrase)
        assert found is not None
        return replace(found, trust=self.trust)


def main(into: Path, languages: list[str]) -> None:
    """Make a demonstration, serve its console, take the pictures."""
    into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as (world, address, cases),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for language in languages:
            take(browser, world, address, cases, into, language)
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[DemoWorld, str, dict[str, UUID]]]:
    """Serve the console on a free port."""
    url = f"sqlite:///{folder / 'korpu.db'}"
    upgrade_schema(url)
    engine = engine_for(url)
    account = ensure_demo(engine, data_dir=folder)
    assert account is not None
    public = read_public(folder)
    database = Database(lambda: b"", lambda: b"", engine, engine, engine, engine, engine)
    world = DemoWorld(database, folder, public, None)  # type: ignore[arg-type]
    world.passphrase = account.passphrase
    cases = fill(world)
    app = create_app(engine=engine, data_dir=folder, session_key=bytes(32), locales=LOCALES)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield world, f"http://127.0.0.1:{server.port}", cases
    finally:
        server.shutdown()
        engine.dispose()


def fill(world: DemoWorld) -> dict[str, UUID]:
    """Make forty cases, and one with everything in it."""
    topics, urgencies = ("work", "stay", "health", "violence", "trafficking"), ("normal", "concern", "danger")
    for number in range(2, 42):
        topic, urgency = topics[number % 5], urgencies[number % 3]
        case = open_told(world, number, topic=topic, urgency=urgency, language=("az", "fa", "ru", "en")[number % 4])
        if number % 2:
            world.take(case, ("demo", "demo2")[number % 4 == 1])
    overdue(world)
    full = full_case(world)
    received = open_told(world, 59, topic="work", urgency="concern")
    world.take(received)
    agree(world, received, partner_of(world), *ITEMS)
    refer(world, received, partner_of(world), SharingKind.TRANSFER, "She needs somebody who speaks Farsi.")
    with session_scope(world.engine) as session:
        audit.append(
            session,
            act=audit.Act.KEY_ROTATED,
            actor="operator",
            role="operator",
            object_id=world.public.organisation_id,
        )
    return {"full": full, "received": received}


def overdue(world: DemoWorld) -> None:
    """Let some deadlines be over, and one be near."""
    with session_scope(world.engine) as session:
        for number, row in enumerate(session.scalars(select(CaseDeadline))):
            if number % 7 == 0:
                row.respond_by = now() - dt.timedelta(hours=3)
            elif number % 7 == 1:
                row.respond_by = now() + dt.timedelta(minutes=25)


def partner_of(world: DemoWorld) -> Recipient:
    """Return the demonstration's second organisation."""
    others = [one for one in world.public.manifest.organisations if one.organisation_id != world.public.organisation_id]
    return Recipient(organisation_id=others[0].organisation_id)


def full_case(world: DemoWorld) -> UUID:
    """Make a case in which everything has happened."""
    words = {"safe_time": "only when he is at work, after nine", "code_word": "sunflower", "narrative": STORY}
    case = open_told(
        world, 50, words=words, topic="trafficking", urgency="danger", age="under_18", safe_time="", contact="push"
    )
    who = world.take(case)
    supervisor = world.signed_in(COLLEAGUES[1][0])
    partner, shelter = partner_of(world), Recipient(provider="clean_world")
    world.reply(case, "sunflower. I am Leyla, a caseworker. Is it safe to write now?")
    relay = world.public.relay_public_key
    with session_scope(world.engine) as session:
        record = session.get_one(CaseRecord, case)
        field = world.message(case, record.public_key, 900, "yes, until five")
        append_message(session, case_id=case, message_id="tg-900", field=field, day=DAY)
        add_note(session, signed_in=who, case_id=case, text="Spoke with the shelter: two places are free.")
        add_contact_attempt(
            session,
            signed_in=who,
            case_id=case,
            outcome=ContactOutcome.SOMEBODY_ELSE,
            channel="phone",
            note="A man answered. I asked for a wrong name and hung up.",
        )
    for recipient, name in ((partner, "Körpü demo partner"), (shelter, "Təmiz Dünya (Clean World)")):
        with session_scope(world.engine) as session:
            ask_consent(
                session,
                signed_in=who,
                case_id=case,
                recipient=recipient,
                recipient_name=name,
                purpose=SUPPORT,
                shared=["narrative", "age"],
                relay_public_key=relay,
            )
    with session_scope(world.engine) as session:
        asked = session.scalars(select(ConsentRequest).where(ConsentRequest.case_id == case)).first()
        assert asked is not None
        asked.answer, asked.answered_day = ConsentAnswer.GIVEN, today()
        recipient = Recipient(provider="child_helpline")
        override_consent(
            session,
            signed_in=supervisor,
            case_id=case,
            recipient=recipient,
            purpose=SUPPORT,
            basis=LegalBasis.CHILD_BEST_INTEREST,
            reason="The person is a child and in danger today.",
        )
        place_hold(
            session,
            signed_in=supervisor,
            case_id=case,
            reason=HoldReason.INVESTIGATION,
            until_day=today() + dt.timedelta(days=120),
        )
    agree(world, case, partner, "narrative", "age", scope=ConsentScope.MINOR)
    agree(world, case, partner, "narrative", scope=ConsentScope.GUARDIAN)
    agree(world, case, shelter, "narrative", scope=ConsentScope.MINOR)
    for scope in (ConsentScope.MINOR, ConsentScope.GUARDIAN):
        agree(world, case, Recipient(provider="trafficking_152"), "narrative", "age", scope=scope)
    refer(world, case, Recipient(provider="child_helpline"), note="Please take her in tonight.")
    refer(world, case, partner)
    return case


def take(browser: Browser, world: DemoWorld, address: str, cases: dict[str, UUID], into: Path, language: str) -> None:
    """Take every page in one language, wide and narrow."""
    full, received = cases["full"], cases["received"]
    pages = {
        "demo-supervisor": {
            "queue": "/queue",
            "all": "/queue?tab=all",
            "case": f"/case/{full}",
            "ask": f"/case/{full}/ask",
            "voice": f"/case/{full}/voice",
            "refer": f"/case/{full}/refer",
            "override": f"/case/{full}/override",
            "log": f"/case/{full}/log",
            "assessment": f"/case/{full}/assessment",
            "export": f"/case/{full}/export",
            "statistics": "/statistics",
            "settings": "/settings",
            "directory": "/directory?topic=trafficking",
        },
        PARTNER: {"shared": "/queue?tab=shared", "received": f"/case/{received}", "received-full": f"/case/{full}"},
    }
    for login, places in pages.items():
        for size, name in ((DESKTOP, "wide"), (PHONE, "narrow")):
            page = browser.new_page(viewport=size)  # type: ignore[arg-type]
            enter(page, world, address, login, language)
            for place, path in places.items():
                page.goto(f"{address}{path}")
                too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
                if too_wide:
                    print(f"{place} in {language} is too wide for {name}", file=sys.stderr)
                if place == "case":
                    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                page.screenshot(path=into / f"{place}-{language}-{name}.png", full_page=True)
            page.close()


def enter(page: Page, world: DemoWorld, address: str, login: str, language: str) -> None:
    """Sign in and choose the language."""
    page.goto(address)
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(world.passphrase)
    page.locator("main button").click()
    page.wait_for_url("**/queue*")
    page.get_by_role("button", name=LANGUAGES[language]).click()
    page.wait_for_selector(f'html[lang="{language}"]', state="attached")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or list(LANGUAGES))
