"""Who may do what: by role, by organisation, and never without the form's own token."""

import logging
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import session_scope
from referral.ceremony import NewOrganisation
from referral.enums import StaffRole
from referral.models import CaseRecord, ConsentRecord
from tests.console.conftest import agree, fill, of, send, signed_in, token
from tests.referral.conftest import World

Told = Callable[..., UUID]
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"
FOR_SUPERVISORS = {"consents.override", "consents.decide", "owner.hold", "owner.lift", "supervision.log"}
FOR_KEY_HOLDERS = {"referring.answer"}
OPEN_TO_ALL = {"enter.sign_in", "enter.sign_out", "enter.language", "health.health", "static"}


def addresses(app: Flask, case: UUID) -> list[tuple[str, str, str]]:
    """Return every page and form of a case: endpoint, method and address."""
    found = []
    for rule in app.url_map.iter_rules():
        if "case_id" in rule.arguments:
            values = {name: case if name == "case_id" else uuid4() for name in rule.arguments}
            with app.test_request_context():
                _host, path = app.url_map.bind("localhost").build(rule.endpoint, values), ""
            found += [(rule.endpoint, method, _host + path) for method in rule.methods & {"GET", "POST"}]
    return found


def status_of(browser: FlaskClient, method: str, address: str, csrf: str) -> int:
    """Return how an address answers to an empty form."""
    if method == "GET":
        return browser.get(address).status_code
    return browser.post(address, data={"csrf_token": csrf}).status_code


@pytest.mark.usefixtures("staff")
def test_an_editor_sees_no_case_at_all(app: Flask, world: World, told: Told) -> None:
    case = told()
    browser = signed_in(app, "editor")
    csrf = token(browser, "/directory")
    found = addresses(app, case)
    assert len(found) > 15
    for endpoint, method, address in found:
        assert status_of(browser, method, address, csrf) == 403, endpoint
    for address in ("/queue", "/settings"):
        assert browser.get(address).status_code == 403
    assert browser.get("/").headers["Location"] == "/directory"
    page = browser.get("/directory").text
    assert 'href="/queue"' not in page
    assert 'href="/settings"' not in page


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("login", ["leyla", "aysel", "vusal"])
def test_each_role_may_do_what_is_its_own(app: Flask, world: World, told: Told, login: str) -> None:
    case = told()
    world.take(case)
    browser = signed_in(app, login)
    csrf = token(browser, "/queue")
    role = {"leyla": StaffRole.INTAKE, "aysel": StaffRole.CASEWORKER, "vusal": StaffRole.SUPERVISOR}[login]
    for endpoint, method, address in addresses(app, case):
        refused = (endpoint in FOR_SUPERVISORS and role is not StaffRole.SUPERVISOR) or (
            endpoint in FOR_KEY_HOLDERS and role is StaffRole.CASEWORKER
        )
        assert (status_of(browser, method, address, csrf) == 403) == refused, (endpoint, method)
    assert (browser.get("/settings").status_code == 200) == (role is StaffRole.SUPERVISOR)


def test_another_organisations_case_is_not_there(
    app: Flask, world: World, told: Told, partner: NewOrganisation
) -> None:
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    case = told()
    world.take(case)
    browser = signed_in(app, "rauf")
    csrf = token(browser, "/queue")
    for endpoint, method, address in addresses(app, case):
        assert status_of(browser, method, address, csrf) == 404, (endpoint, method)


def test_a_stranger_is_sent_to_sign_in_from_everywhere(app: Flask, told: Told) -> None:
    browser = app.test_client()
    csrf = token(browser, "/sign-in")
    for endpoint, method, address in addresses(app, told()):
        assert status_of(browser, method, address, csrf) == (302 if method == "GET" else 403), endpoint


@pytest.mark.usefixtures("staff")
def test_no_form_works_without_its_token(app: Flask, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    browser = signed_in(app, "vusal")
    forms = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    assert len(forms) > 15
    for _endpoint, method, address in addresses(app, case):
        if method == "POST":
            assert browser.post(address, data={}).status_code == 400, address
    assert browser.post("/settings/deadlines", data={}).status_code == 400


def test_every_page_is_guarded(app: Flask) -> None:
    """A page that somebody adds is refused to strangers, or it stands in the list of those that are for all."""
    browser = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_TO_ALL or rule.arguments or "GET" not in rule.methods:
            continue
        assert browser.get(rule.rule).headers.get("Location") == "/sign-in", rule.endpoint


@pytest.mark.usefixtures("staff")
def test_hostile_words_are_words_everywhere(
    app: Flask, client: FlaskClient, world: World, told: Told, partner: NewOrganisation
) -> None:
    case = told(words={"code_word": HOSTILE, "place": HOSTILE, "safe_time": HOSTILE}, safe_time="")
    world.take(case)
    page = f"/case/{case}"
    fill(client, page, f"{page}/note", text=HOSTILE)
    fill(client, page, f"{page}/contact", outcome="reached", channel="phone", text=HOSTILE)
    fill(client, page, f"{page}/reply", text=HOSTILE, window="any")
    voice = {"recipient": str(of(partner)), "purpose": "support", "shared": ["narrative"], "scope": "own"}
    fill(client, f"{page}/voice", f"{page}/voice", **voice, text=HOSTILE)
    fill(client, f"{page}/refer", f"{page}/refer", recipient=str(of(partner)), kind="referral", text=HOSTILE)
    shown = [client.get(address).text for address in (page, f"{page}/ask", f"{page}/refer", f"{page}/voice")]
    shown.append(signed_in(app, "nigar").get(page).text)
    shown.append(send(client, page, f"{page}/status", to=HOSTILE, reason=HOSTILE).text)
    for text in shown:
        assert "<script" not in text
        assert "<img" not in text
    assert shown[0].count("&lt;script&gt;") >= 7


@pytest.mark.usefixtures("staff")
def test_no_word_of_a_case_is_in_an_address_or_a_log(
    app: Flask,
    client: FlaskClient,
    world: World,
    told: Told,
    partner: NewOrganisation,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    word = "chrysanthemum"
    case = told(words={"place": word, "code_word": word})
    world.take(case)
    page, gone = f"/case/{case}", []
    voice = {"recipient": str(of(partner)), "purpose": "support", "shared": ["narrative"], "scope": "own", "text": word}
    for address, fields in (
        (f"{page}/note", {"text": word}),
        (f"{page}/contact", {"outcome": "reached", "channel": "phone", "text": word}),
        (f"{page}/reply", {"text": word}),
        (f"{page}/voice", voice),
        (f"{page}/refer", {"recipient": str(of(partner)), "kind": "referral", "text": word}),
    ):
        shown = address if address.endswith(("voice", "refer")) else page
        answer = send(client, shown, address, **fields)
        assert answer.status_code == 302, address
        gone.append(answer.headers["Location"])
    for address in gone:
        assert re.fullmatch(rf"{page}(#[a-z]+)?", address)
    with session_scope(world.engine) as session:  # a database that was changed must not make the log talk either
        session.get_one(CaseRecord, case).public_key = bytes(32)
    assert client.get(page).status_code == 409
    assert word not in caplog.text
    assert str(partner.organisation_id) not in caplog.text
    assert "cannot be believed" in caplog.text


def test_a_page_in_another_language_has_no_word_of_the_first(app: Flask, world: World, told: Told) -> None:
    """Jinja folds constants when it first reads a template; a word must be looked up for each page."""
    case = told(age="under_18")
    first, second = signed_in(app, "leyla"), signed_in(app, "samir")
    assert "under 18" in first.get(f"/case/{case}").text
    data = {"csrf_token": token(second, "/queue"), "back": "/queue"}
    second.post("/language/ru", data=data)
    page = second.get(f"/case/{case}").text
    assert "under 18" not in page
    assert "младше 18" in page


def test_a_refusal_of_a_service_is_said_in_the_pages_language(
    client: FlaskClient, world: World, told: Told, partner: NewOrganisation
) -> None:
    case = told()
    world.take(case)
    agree(world, case, of(partner))
    client.post("/language/az", data={"csrf_token": token(client, "/queue"), "back": "/queue"})
    with session_scope(world.engine) as session:
        for row in session.scalars(select(ConsentRecord).where(ConsentRecord.staff_id.is_not(None))):
            row.withdrawn_day = row.given_day
    assert "Əvvəlcə şəxsdən soruşun." in client.get(f"/case/{case}/refer").text
