"""A console on a real database, browsers that are signed in to it, and cases with everything that a person can tell."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from referral import ConsentScope, open_referral, session_scope
from referral.ceremony import NewOrganisation
from referral.console.app import create_app
from referral.enums import SharingKind, StaffRole
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import record_spoken_consent
from referral.service.sharing import Shared, share
from tests.referral.conftest import PASSPHRASE, World, world

__all__ = ["world"]
LOCALES = Path(__file__).resolve().parent.parent.parent / "locales"
CHOICES = {"topic": "work", "age": "25_59", "contact": "push", "safe_time": "any", "language": "en", "gender": "any"}


class Compiled(BytecodeCache):
    """Templates that one test has compiled, for the consoles of all the others: they are the same files."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is there."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._held[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def app(world: World) -> Flask:
    """The console of a fresh world."""
    made = create_app(engine=world.console, data_dir=world.data_dir, session_key=bytes(32), locales=LOCALES)
    made.jinja_env.bytecode_cache = COMPILED
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that is signed in as leyla."""
    return signed_in(app, "leyla")


def signed_in(app: Flask, login: str, passphrase: str = PASSPHRASE) -> FlaskClient:
    """Return a browser after an attempt to sign in."""
    browser = app.test_client()
    post(browser, "/sign-in", "/sign-in", login=login, passphrase=passphrase)
    return browser


def token(browser: FlaskClient, page: str) -> str:
    """Return the CSRF token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
    assert found, f"{page} has no form"
    return found[1]


def send(browser: FlaskClient, page: str, url: str, **fields: str | list[str]) -> TestResponse:
    """Send a form of a page with its token and its `seen`, unless they are given; return the answer to it."""
    shown = browser.get(page).text
    data = {"csrf_token": token(browser, page), **hidden(shown, url), **fields}
    return browser.post(url, data=data)


def hidden(page: str, url: str) -> dict[str, str]:
    """Return the hidden fields of the form of a page that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(url)}".*?</form>', page, re.DOTALL)
    fields = re.findall(r"<input[^>]*>", form[0]) if form else []
    found = {}
    for field in fields:
        parts = dict(re.findall(r'(name|value|type)="([^"]*)"', field))
        if parts.get("type") == "hidden" and parts["name"] != "csrf_token":
            found[parts["name"]] = parts.get("value", "")
    return found


def post(browser: FlaskClient, page: str, url: str, **fields: str | list[str]) -> str:
    """Send a form of a page and return the page that follows."""
    data = {"csrf_token": token(browser, page), **fields}
    return browser.post(url, data=data, follow_redirects=True).text


def fill(browser: FlaskClient, page: str, url: str, **fields: str | list[str]) -> str:
    """Send a form as it was shown, with what was filled in; return the page that follows."""
    answer = send(browser, page, url, **fields)
    return browser.get(answer.headers["Location"]).text if answer.status_code == 302 else answer.text


@pytest.fixture
def told(world: World) -> Callable[..., UUID]:
    """Open a case with everything that a person can tell: `told(1, safe_time_words="after nine")`."""

    def make(number: int = 1, *, chat: int | None = 5, words: dict[str, str] | None = None, **choices: str) -> UUID:
        return open_told(world, number, chat=chat, words=words, **choices)

    return make


def open_told(
    world: World, number: int = 1, *, chat: int | None = 5, words: dict[str, str] | None = None, **choices: str
) -> UUID:
    """Open a case with choices and, in `words`, typed answers by field."""
    index = {key: choices[key] for key in ("topic", "urgency", "language") if key in choices}
    made = world.submission(number, chat=chat, **index)
    typed = {"place": "near the port", **(words or {})}
    picked = {key: value for key, value in (CHOICES | choices).items() if value and key != "urgency"}
    fields = {"choices": (0, json.dumps(picked))} | {name: (5, text) for name, text in typed.items()}
    sealed = [
        world.field(made.case_id, made.public_key, "case_field", name, seq, text)
        for name, (seq, text) in fields.items()
    ]
    with session_scope(world.bot) as session:
        open_referral(session, submission=replace(made, fields=(*made.fields, *sealed)))
    return made.case_id


def agree(
    world: World,
    case: UUID,
    to: Recipient,
    *items: str,
    login: str = "leyla",
    scope: ConsentScope = ConsentScope.OWN,
) -> None:
    """Write down a consent by voice."""
    who = world.signed_in(login)
    with session_scope(world.console) as session:
        record_spoken_consent(
            session,
            signed_in=who,
            case_id=case,
            recipient=to,
            purpose=SUPPORT,
            shared=items or ("narrative", "contact"),
            scope=scope,
            wording_version="voice",
            words="asked in full, said yes",
        )


def refer(
    world: World, case: UUID, to: Recipient, kind: SharingKind = SharingKind.REFERRAL, note: str = "please help"
) -> UUID:
    """Share a case that may be shared."""
    who = world.signed_in("leyla")
    with session_scope(world.console) as session:
        return share(
            session, signed_in=who, trust=world.trust, case_id=case, shared=Shared(recipient=to, kind=kind, note=note)
        )


@pytest.fixture
def partner(world: World) -> NewOrganisation:
    """A second organisation with the intake worker nigar."""
    return world.partner()


@pytest.fixture
def staff(world: World) -> None:
    """A supervisor, a caseworker and an editor beside the intake workers."""
    for login, role in (
        ("vusal", StaffRole.SUPERVISOR),
        ("aysel", StaffRole.CASEWORKER),
        ("editor", StaffRole.EDITOR),
    ):
        world.hire(login, role)


def of(organisation: NewOrganisation) -> Recipient:
    """Return an organisation as a recipient."""
    return Recipient(organisation_id=organisation.organisation_id)
