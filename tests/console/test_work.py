"""Daily work in the console: notes, attempts, who has a case, holds, replies and when they go."""

import datetime as dt
import json
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import session_scope
from referral.crypto import open_bytes
from referral.enums import StaffRole
from referral.models import CaseField, CaseHold, CaseKey, CaseRecord, OutboxRow, Staff
from referral.service.common import today
from tests.console.conftest import fill, hidden, post, send, signed_in, token
from tests.referral.conftest import World

Told = Callable[..., UUID]


@pytest.fixture
def case(world: World, told: Told) -> UUID:
    """A case that leyla has taken."""
    made = told()
    world.take(made)
    return made


def owner(world: World, case: UUID) -> str | None:
    """Return the login of who has a case."""
    with session_scope(world.engine) as session:
        found = session.get_one(CaseRecord, case).owner_id
        return None if found is None else session.get_one(Staff, found).login


def window_sent(world: World) -> object:
    """Return the window of the one message that is on its way."""
    with session_scope(world.engine) as session:
        sealed = session.scalars(select(OutboxRow.sealed)).one()
    return json.loads(open_bytes(world.secret("relay_key"), sealed))["window"]


def test_a_note_is_for_colleagues(app: Flask, client: FlaskClient, case: UUID) -> None:
    text = fill(client, f"/case/{case}", f"/case/{case}/note", text="called the shelter")
    assert "The note is stored." in text
    assert "called the shelter" in signed_in(app, "samir").get(f"/case/{case}").text


def test_an_empty_note_is_not_stored(client: FlaskClient, world: World, case: UUID) -> None:
    assert send(client, f"/case/{case}", f"/case/{case}/note", text="  ").status_code == 409
    with session_scope(world.engine) as session:
        assert session.scalars(select(CaseField).where(CaseField.field == "note")).all() == []


def test_an_attempt_has_its_outcome_and_its_way(client: FlaskClient, world: World, case: UUID) -> None:
    url = f"/case/{case}/contact"
    text = fill(client, f"/case/{case}", url, outcome="somebody_else", channel="phone", text="a man; I hung up")
    assert "Attempt to reach the person: somebody else answered</strong> · phone" in text
    assert "a man; I hung up" in text
    refused = send(client, f"/case/{case}", url, outcome="", channel="phone", text="kept words")
    assert (refused.status_code, "kept words" in refused.text) == (409, True)


def test_a_note_that_nobody_wrote_is_marked(client: FlaskClient, world: World, case: UUID) -> None:
    fill(client, f"/case/{case}", f"/case/{case}/note", text="a genuine note")
    with session_scope(world.engine) as session:
        session.scalars(select(CaseField).where(CaseField.field == "note")).one().signature = bytes(64)
    text = client.get(f"/case/{case}").text
    assert "a genuine note" in text
    assert "not verified" in text


def test_a_case_is_given_to_a_colleague(client: FlaskClient, world: World, case: UUID) -> None:
    world.hire("aysel", StaffRole.CASEWORKER)
    to = world.signed_in("aysel").staff_id.hex
    text = fill(client, f"/case/{case}", f"/case/{case}/assign", to=to)
    assert f"The case {case.hex[:8]} is now with aysel." in text
    assert owner(world, case) == "aysel"
    assert "they keep my passport" in {value.text for value in world.read(case, "aysel").values}


def test_a_case_that_was_just_given_away_is_not_given_again(client: FlaskClient, world: World, case: UUID) -> None:
    samir = world.signed_in("samir").staff_id.hex
    old, csrf = hidden(client.get(f"/case/{case}").text, f"/case/{case}/assign"), token(client, f"/case/{case}")
    fill(client, f"/case/{case}", f"/case/{case}/assign", to=samir)
    late = client.post(f"/case/{case}/assign", data={"csrf_token": csrf, **old, "to": samir})
    assert (late.status_code, "somebody else has changed this case" in late.text) == (409, True)


@pytest.mark.usefixtures("staff")
def test_a_case_is_not_given_to_an_editor(client: FlaskClient, world: World, case: UUID) -> None:
    with session_scope(world.engine) as session:
        editor = session.scalars(select(Staff).where(Staff.login == "editor")).one().id.hex
    assert send(client, f"/case/{case}", f"/case/{case}/assign", to=editor).status_code == 409
    assert owner(world, case) == "leyla"


@pytest.mark.usefixtures("staff")
def test_a_caseworker_gives_away_only_their_own_case(app: Flask, world: World, case: UUID) -> None:
    world_samir = world.signed_in("samir").staff_id.hex
    browser = signed_in(app, "aysel")
    data = {"csrf_token": token(browser, "/queue"), "to": world_samir, "seen": f"accepted.{staff_id(world, 'leyla')}"}
    answer = browser.post(f"/case/{case}/assign", data=data)
    assert (answer.status_code, "an intake worker or a supervisor" in answer.text) == (403, True)
    assert owner(world, case) == "leyla"


def staff_id(world: World, login: str) -> str:
    """Return a number of a member of staff as forms carry it."""
    with session_scope(world.engine) as session:
        return session.scalars(select(Staff).where(Staff.login == login)).one().id.hex


def test_a_key_that_nobody_vouches_for_stops_everything(client: FlaskClient, world: World, case: UUID) -> None:
    with session_scope(world.engine) as session:
        session.scalars(select(Staff).where(Staff.login == "samir")).one().certificate = bytes(64)
    answer = send(client, f"/case/{case}", f"/case/{case}/assign", to=staff_id(world, "samir"))
    assert (answer.status_code, "Do not use this case" in answer.text) == (409, True)
    assert owner(world, case) == "leyla"


def test_a_case_is_kept_from_colleagues_only_when_it_is_meant(
    app: Flask, client: FlaskClient, world: World, case: UUID
) -> None:
    url = f"/case/{case}/restrict"
    assert send(client, f"/case/{case}", url).status_code == 409
    assert world.read(case, "samir").case_id == case
    assert "Only you can open this case now." in fill(client, f"/case/{case}", url, sure="y")
    assert signed_in(app, "samir").get(f"/case/{case}").status_code == 404
    page = client.get(f"/case/{case}").text
    assert "restricted" in page
    assert "Keep the case from colleagues" not in page
    with session_scope(world.engine) as session:
        assert session.get(CaseKey, (case, world.own.organisation_id)) is None


@pytest.mark.usefixtures("staff")
def test_a_supervisor_holds_a_case_and_lets_it_go(app: Flask, world: World, case: UUID) -> None:
    browser, until = signed_in(app, "vusal"), today() + dt.timedelta(days=30)
    url = f"/case/{case}/hold"
    text = fill(browser, f"/case/{case}", url, hold_reason="court", until=until.isoformat())
    assert "Kept until" in text
    with session_scope(world.engine) as session:
        hold = session.scalars(select(CaseHold)).one().id
    text = fill(browser, f"/case/{case}", f"/case/{case}/hold/{hold}/lift")
    assert "The hold is lifted." in text
    assert "Kept until" not in text


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_hold_has_an_end_within_a_year(app: Flask, world: World, case: UUID, days: int) -> None:
    until = (today() + dt.timedelta(days=days)).isoformat()
    answer = send(signed_in(app, "vusal"), f"/case/{case}", f"/case/{case}/hold", hold_reason="court", until=until)
    assert answer.status_code == 409
    assert world.count(CaseHold) == 0


@pytest.mark.parametrize(
    ("choices", "words", "says"),
    [
        ({"contact": "push", "safe_time": "any"}, {}, "one neutral line into the chat"),
        ({"contact": "push_text", "safe_time": "any"}, {}, "The bot writes your words into the chat."),
        ({"contact": "push", "safe_time": ""}, {"safe_time": "at night"}, "the time of day that you choose here"),
    ],
)
def test_before_a_reply_it_is_said_what_the_bot_will_do(
    client: FlaskClient, world: World, told: Told, choices: dict[str, str], words: dict[str, str], says: str
) -> None:
    case = told(words=words, **choices)
    world.take(case)
    assert says in client.get(f"/case/{case}").text


def test_a_reply_without_a_chat_waits_for_the_code(client: FlaskClient, world: World, told: Told) -> None:
    case = told(chat=None, contact="pull")
    world.take(case)
    assert "The bot writes nothing to them." in client.get(f"/case/{case}").text
    text = fill(client, f"/case/{case}", f"/case/{case}/reply", text="hello")
    assert "The person reads it when they come with their code." in text


@pytest.mark.parametrize(("chosen", "window"), [("evening", "evening"), ("any", "any"), ("none", None)])
def test_a_reply_to_own_words_of_the_safe_time_has_the_window_that_was_chosen(
    client: FlaskClient, world: World, told: Told, chosen: str, window: str | None
) -> None:
    case = told(words={"safe_time": "when he sleeps"}, safe_time="")
    world.take(case)
    url = f"/case/{case}/reply"
    refused = send(client, f"/case/{case}", url, text="hello")
    assert (refused.status_code, "choose when it is safe" in refused.text, "hello" in refused.text) == (409, True, True)
    fill(client, f"/case/{case}", url, text="hello", window=chosen)
    assert window_sent(world) == window


def test_what_was_written_is_given_back_when_a_reply_is_refused(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    late = token(client, f"/case/{case}")
    world.close(case)
    answer = client.post(f"/case/{case}/reply", data={"csrf_token": late, "text": "a long reply"})
    assert (answer.status_code, "a long reply" in answer.text) == (409, True)


def test_a_case_is_erased_for_the_person_only_when_it_is_meant(
    app: Flask, client: FlaskClient, world: World, case: UUID
) -> None:
    url, page = f"/case/{case}/erase", f"/case/{case}"
    assert send(client, page, url).status_code == 409
    other = signed_in(app, "samir")  # an intake worker whose case it is not
    assert "Erase the case" not in other.get(page).text
    data = {"csrf_token": token(other, page), "seen": hidden(client.get(page).text, url)["seen"], "sure": "y"}
    assert other.post(url, data=data).status_code == 403
    assert world.read(case).case_id == case
    assert "the number of the receipt" in fill(client, page, url, sure="y")
    assert client.get(page).status_code == 404
    with session_scope(world.engine) as session:
        assert session.scalars(select(CaseKey).where(CaseKey.case_id == case)).all() == []


@pytest.mark.usefixtures("staff")
def test_a_held_case_is_not_erased(app: Flask, client: FlaskClient, world: World, case: UUID) -> None:
    url, page = f"/case/{case}/erase", f"/case/{case}"
    csrf = token(client, page)
    until = (today() + dt.timedelta(days=9)).isoformat()
    seen = hidden(client.get(page).text, url)
    fill(signed_in(app, "vusal"), page, f"{page}/hold", hold_reason="court", until=until)
    late = client.post(url, data={"csrf_token": csrf, **seen, "sure": "y"})
    assert (late.status_code, "A supervisor must lift the hold first." in late.text) == (409, True)
    assert world.read(case).case_id == case


@pytest.mark.usefixtures("staff")
def test_a_supervisor_reads_who_did_what(app: Flask, client: FlaskClient, case: UUID) -> None:
    client.get(f"/case/{case}")
    page = signed_in(app, "vusal").get(f"/case/{case}/log").text
    for words in ("leyla", "took the case", "opened the case", "sent the request"):
        assert words in page


@pytest.mark.usefixtures("staff")
def test_a_supervisor_sets_the_deadlines(app: Flask, world: World, told: Told) -> None:
    browser, url = signed_in(app, "vusal"), "/settings/deadlines"
    text = post(browser, "/settings", url, danger="2", concern="12", normal="48")
    assert "The deadlines are changed." in text
    assert 'value="12"' in text
    for wrong in ({"danger": "0"}, {"danger": "13"}, {"normal": "9999"}, {"concern": "soon"}):
        fields = {"danger": "2", "concern": "12", "normal": "48"} | wrong
        assert send(browser, "/settings", url, **fields).status_code == 409
    assert 'value="12"' in browser.get("/settings").text


@pytest.mark.usefixtures("staff")
def test_settings_say_when_nobody_is_on_call(app: Flask) -> None:
    assert "Nobody is on call" in signed_in(app, "vusal").get("/settings").text
