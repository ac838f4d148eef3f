"""The console on a real database with sealed cases."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from referral import session_scope, status_for_code
from referral.console.headers import HEADERS
from referral.models import AuditEvent, CaseRecord, OutboxRow
from tests.console.conftest import post, signed_in, token
from tests.referral.conftest import PASSPHRASE, World, code_of


def test_a_stranger_sees_the_sign_in_page_only(app: Flask) -> None:
    browser = app.test_client()
    for url in ("/", "/queue", "/case/00000000-0000-0000-0000-000000000000"):
        assert browser.get(url).headers["Location"] == "/sign-in"


@pytest.mark.parametrize(("login", "passphrase"), [("leyla", "wrong"), ("nobody", PASSPHRASE)])
def test_every_wrong_sign_in_gets_the_same_message(app: Flask, login: str, passphrase: str) -> None:
    browser = app.test_client()
    text = post(browser, "/sign-in", "/sign-in", login=login, passphrase=passphrase)
    assert "locked for ten minutes" in text


def test_a_form_without_its_token_is_refused(client: FlaskClient, world: World) -> None:
    case = world.open()
    assert client.post(f"/case/{case}/claim").status_code == 400
    with session_scope(world.engine) as session:
        assert session.get_one(CaseRecord, case).owner_id is None


@pytest.mark.parametrize("url", ["/sign-in", "/queue", "/nowhere", "/health", "/static/console.css"])
def test_every_answer_has_the_protective_headers(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_the_queue_shows_who_waits(client: FlaskClient, world: World) -> None:
    world.open(1, topic="stay", urgency="danger")
    text = client.get("/queue").text
    assert "Papers and stay" in text
    assert "(1) Requests" in text


def test_reading_is_logged_and_the_story_is_escaped(client: FlaskClient, world: World) -> None:
    case = world.open(narrative="<script>alert(1)</script> they keep my passport")
    text = client.get(f"/case/{case}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; they keep my passport" in text
    assert "<script" not in text
    with session_scope(world.engine) as session:
        acts = session.scalars(select(AuditEvent.body).where(AuditEvent.object_id == case.hex)).all()
    assert any('"act":"case_read"' in body for body in acts)


def test_two_people_cannot_both_take_a_case(app: Flask, client: FlaskClient, world: World) -> None:
    case = world.open()
    other = signed_in(app, "samir")
    late = token(other, "/queue")
    post(client, "/queue", f"/case/{case}/claim")
    text = other.post(f"/case/{case}/claim", data={"csrf_token": late}, follow_redirects=True).text
    assert "leyla took this case a moment ago" in text


def test_a_reply_goes_to_the_chat_and_under_the_code(client: FlaskClient, world: World) -> None:
    case = world.open(chat=5)
    post(client, "/queue", f"/case/{case}/claim")
    text = post(client, f"/case/{case}", f"/case/{case}/reply", text="we can help with papers")
    assert "we can help with papers" in text
    with session_scope(world.engine) as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 1
    with session_scope(world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    assert len(view.pull_replies) == 1


def test_an_empty_reply_is_not_sent(client: FlaskClient, world: World) -> None:
    case = world.open(chat=5)
    assert "Nothing was sent" in post(client, f"/case/{case}", f"/case/{case}/reply", text="   ")


def test_a_closed_case_takes_no_reply(client: FlaskClient, world: World) -> None:
    case = world.open()
    post(client, "/queue", f"/case/{case}/claim")
    late = token(client, f"/case/{case}")
    post(client, f"/case/{case}", f"/case/{case}/status", to="done", seen="accepted", reason="")
    data = {"csrf_token": late, "text": "too late"}
    assert "this case is closed" in client.post(f"/case/{case}/reply", data=data).text


def test_another_tabs_change_is_noticed(client: FlaskClient, world: World) -> None:
    case = world.open()
    text = post(client, f"/case/{case}", f"/case/{case}/status", to="done", seen="accepted", reason="")
    assert "Nothing was changed" in text


def test_signing_out_ends_the_session(client: FlaskClient, world: World) -> None:
    world.open()
    response = client.post("/sign-out", data={"csrf_token": token(client, "/queue")})
    assert "cookies" in response.headers["Clear-Site-Data"]
    assert client.get("/queue").headers["Location"] == "/sign-in"


def test_an_idle_session_ends(app: Flask, client: FlaskClient) -> None:
    for held in app.extensions["korpu"].sessions._held.values():
        held.seen -= 31 * 60
    assert client.get("/queue").headers["Location"] == "/sign-in"


def test_a_stolen_session_id_without_the_cookies_key_opens_nothing(app: Flask, client: FlaskClient) -> None:
    sessions = app.extensions["korpu"].sessions
    session_id = next(iter(sessions._held))
    assert sessions.get(session_id, "00" * 32) is None


@pytest.mark.parametrize(("code", "word"), [("az", "Müraciətlər"), ("ru", "Обращения"), ("en", "Requests")])
def test_the_console_speaks_three_languages(client: FlaskClient, code: str, word: str) -> None:
    assert word in post(client, "/queue", f"/language/{code}", back="/queue")


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "http://evil.example"])
def test_no_redirect_leads_away(client: FlaskClient, target: str) -> None:
    data = {"csrf_token": token(client, "/queue"), "back": target}
    assert client.post("/language/az", data=data).headers["Location"] == "/"
