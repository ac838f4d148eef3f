"""Consent in the console: asking, writing down, deciding without it, and what a caseworker is warned of."""

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import ConsentScope, append_message, session_scope
from referral.ceremony import NewOrganisation
from referral.crypto import open_bytes
from referral.models import CaseRecord, ConsentRecord, ConsentRequest, LegalOverride, OutboxRow
from referral.recipients import SUPPORT, Recipient
from tests.console.conftest import agree, fill, hidden, of, send, signed_in, token
from tests.referral.conftest import DAY, World

Told = Callable[..., UUID]
SHELTER = Recipient(provider="clean_world")
ASKED = {"recipient": str(SHELTER), "purpose": SUPPORT, "shared": ["narrative", "age"]}


def sent(world: World) -> dict[str, object]:
    """Return what is on its way to the chat, as the gateway reads it."""
    with session_scope(world.engine) as session:
        sealed = session.scalars(select(OutboxRow.sealed)).one()
    body: dict[str, object] = json.loads(open_bytes(world.secret("relay_key"), sealed))
    return body


def rows(world: World, model: type) -> list[object]:
    """Return the rows of a table."""
    with session_scope(world.engine) as session:
        return list(session.scalars(select(model)))


def test_a_question_goes_to_the_person_and_stands_in_the_case(client: FlaskClient, world: World, told: Told) -> None:
    case = told(language="az")
    world.take(case)
    text = fill(client, f"/case/{case}/ask", f"/case/{case}/ask", **ASKED)
    assert (
        "The question is on its way: may Təmiz Dünya (Clean World) receive this? The bot writes to the chat at once"
        in text
    )
    assert "waits until" in text
    assert "Question for consent: may Təmiz Dünya receive this?" in text  # as the person reads it, in Azerbaijani
    body = sent(world)
    assert (body["kind"], body["recipient"], body["recipient_name"]) == ("consent", str(SHELTER), "Təmiz Dünya")
    assert body["shared"] == ["narrative", "age"]
    assert "place" in str(body["withheld"])


@pytest.mark.parametrize(
    "missing",
    [{"recipient": ""}, {"shared": []}, {"purpose": "sell it"}, {"recipient": "provider:nobody"}, {"shared": ["name"]}],
)
def test_an_incomplete_question_is_not_sent(
    client: FlaskClient, world: World, told: Told, missing: dict[str, str | list[str]]
) -> None:
    case = told()
    world.take(case)
    answer = send(client, f"/case/{case}/ask", f"/case/{case}/ask", **(ASKED | missing))
    assert (answer.status_code, "Nothing was done" in answer.text) == (409, True)
    assert rows(world, ConsentRequest) == []


def test_what_was_ticked_is_kept_when_a_question_is_refused(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    answer = send(client, f"/case/{case}/ask", f"/case/{case}/ask", **(ASKED | {"recipient": ""}))
    ticked = re.findall(r'<input checked[^>]*name="shared"[^>]*value="(\w+)"', answer.text)
    assert ticked == ["narrative", "age"]


def test_a_question_is_refused_when_something_has_come_meanwhile(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    old = hidden(client.get(f"/case/{case}/ask").text, f"/case/{case}/ask")
    with session_scope(world.engine) as session:
        field = world.message(case, session.get_one(CaseRecord, case).public_key, 900, "tell nobody!")
        append_message(session, case_id=case, message_id="tg-900", field=field, day=DAY)
    answer = send(client, f"/case/{case}/ask", f"/case/{case}/ask", **ASKED, **old)
    assert (answer.status_code, "something has come" in answer.text) == (409, True)
    agree(world, case, SHELTER)
    assert send(client, f"/case/{case}/ask", f"/case/{case}/ask", **ASKED, **old).status_code == 409
    assert rows(world, ConsentRequest) == []


def test_own_words_for_the_safe_time_must_be_read_first(client: FlaskClient, world: World, told: Told) -> None:
    case = told(words={"safe_time": "after nine, when he works"}, safe_time="")
    world.take(case)
    page = client.get(f"/case/{case}/ask").text
    assert "after nine, when he works" in page
    refused = send(client, f"/case/{case}/ask", f"/case/{case}/ask", **ASKED)
    assert (refused.status_code, "choose when it is safe" in refused.text) == (409, True)
    fill(client, f"/case/{case}/ask", f"/case/{case}/ask", **ASKED, window="day")
    assert sent(world)["window"] == "day"


def test_a_consent_by_voice_names_who_wrote_it_down(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    words = "I read it out. She said: yes, but not my age."
    fields = {"recipient": str(SHELTER), "purpose": SUPPORT, "shared": ["narrative"], "scope": "own", "text": words}
    text = fill(client, f"/case/{case}/voice", f"/case/{case}/voice", **fields)
    assert "by voice, written down by leyla" in text
    assert "but not my age" in text
    (_own, row) = rows(world, ConsentRecord)
    assert (row.scope, row.wording_version) == (ConsentScope.OWN, "voice")  # type: ignore[attr-defined]


def test_a_minors_own_word_by_voice_needs_a_guardians(client: FlaskClient, world: World, told: Told) -> None:
    case = told(age="under_18")
    world.take(case)
    fields = {"recipient": str(SHELTER), "purpose": SUPPORT, "shared": ["narrative"], "text": "asked, said yes"}
    assert "younger than 18" in client.get(f"/case/{case}/voice").text
    text = fill(client, f"/case/{case}/voice", f"/case/{case}/voice", **fields, scope="own")
    assert "The person is a minor. To share, a guardian&#39;s consent is needed too." in text
    assert "guardian&#39;s consent is missing" in client.get(f"/case/{case}/refer").text
    text = fill(client, f"/case/{case}/voice", f"/case/{case}/voice", **fields, scope="guardian")
    assert "The person is a minor. To share" not in text
    assert f'value="{SHELTER}"' in client.get(f"/case/{case}/refer").text


@pytest.mark.parametrize("missing", [{"text": "  "}, {"scope": "proxy"}, {"shared": []}])
def test_a_consent_by_voice_needs_words_and_whose_it_is(
    client: FlaskClient, world: World, told: Told, missing: dict[str, str | list[str]]
) -> None:
    case = told()
    world.take(case)
    fields = {"recipient": str(SHELTER), "purpose": SUPPORT, "shared": ["age"], "scope": "own", "text": "said yes"}
    answer = send(client, f"/case/{case}/voice", f"/case/{case}/voice", **(fields | missing))
    assert answer.status_code == 409
    assert len(rows(world, ConsentRecord)) == 1  # the first one, to the organisation itself


@pytest.mark.usefixtures("staff")
def test_a_supervisor_decides_without_consent_on_a_page_that_says_what_it_means(
    app: Flask, world: World, told: Told
) -> None:
    case = told()
    world.take(case)
    supervisor = signed_in(app, "vusal")
    page = supervisor.get(f"/case/{case}/override").text
    assert "The person sees that it was decided" in page
    fields = {"recipient": str(SHELTER), "purpose": SUPPORT, "basis": "vital_interest", "text": "she may die tonight"}
    assert send(supervisor, f"/case/{case}/override", f"/case/{case}/override", **fields).status_code == 409
    assert rows(world, LegalOverride) == []  # the box was not ticked
    text = fill(supervisor, f"/case/{case}/override", f"/case/{case}/override", **fields, sure="y")
    assert "for 30 days the case may be referred" in text
    assert "she may die tonight" in text
    assert "a life is in danger" in supervisor.get(f"/case/{case}/refer").text


def test_only_a_supervisor_is_offered_a_decision_without_consent(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    assert "Decide without consent" not in client.get(f"/case/{case}").text
    refused = client.get(f"/case/{case}/override")
    assert (refused.status_code, "Your role here is: intake worker" in refused.text) == (403, True)


def test_nothing_is_asked_in_a_case_that_nobody_has_taken(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    assert "Ask for consent" not in client.get(f"/case/{case}").text
    world.take(case)
    assert "Ask for consent" in client.get(f"/case/{case}").text


def test_a_closed_case_is_not_asked_about(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    world.take(case)
    late = hidden(client.get(f"/case/{case}/ask").text, f"/case/{case}/ask")
    csrf = token(client, f"/case/{case}/ask")
    world.close(case)
    data = {"csrf_token": csrf, **ASKED, **late}
    assert client.post(f"/case/{case}/ask", data=data).status_code == 409
    assert rows(world, ConsentRequest) == []


def test_an_older_wording_and_an_ended_consent_are_said(
    app: Flask, client: FlaskClient, world: World, told: Told
) -> None:
    case = told()
    assert "The words of this consent are older than today&#39;s." in client.get(f"/case/{case}").text
    with session_scope(world.engine) as session:
        row = session.scalars(select(ConsentRecord)).one()
        row.wording_version = next(iter(app.extensions["korpu"].wordings))
        row.expires_day = row.given_day.replace(year=row.given_day.year - 1)
    text = client.get(f"/case/{case}").text
    assert "older than today" not in text
    assert "This consent has ended. Ask again." in text


@pytest.mark.parametrize(("knows", "says"), [("unaware", "They do NOT know of this request."), ("-", "")])
def test_it_is_said_first_when_somebody_wrote_for_another(
    client: FlaskClient, told: Told, knows: str, says: str
) -> None:
    text = client.get(f"/case/{told(about='other', knows=knows)}").text
    assert "Somebody else wrote for this person: you write to them, not to the person." in text
    assert says in text


def test_a_consent_of_somebody_who_wrote_for_another_is_said(client: FlaskClient, world: World, told: Told) -> None:
    case = told()
    with session_scope(world.engine) as session:
        session.scalars(select(ConsentRecord)).one().scope = ConsentScope.PROXY
    assert "Somebody else wrote for this person." in client.get(f"/case/{case}").text


def test_a_changed_consent_is_marked_and_refers_nothing(
    client: FlaskClient, world: World, told: Told, partner: NewOrganisation
) -> None:
    case = told()
    world.take(case)
    agree(world, case, of(partner))
    with session_scope(world.engine) as session:
        session.scalars(select(ConsentRecord).where(ConsentRecord.staff_id.is_not(None))).one().signature = bytes(64)
    assert "not verified" in client.get(f"/case/{case}").text
    page = client.get(f"/case/{case}/refer").text
    assert "cannot be verified" in page
    assert f'value="{of(partner)}"' not in page
