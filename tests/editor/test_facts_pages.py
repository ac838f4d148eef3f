"""The pages of facts: a report is seen at once, a call settles it, a correction is shown before it is saved."""

import datetime as dt
import html
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.content.changing import Place, read_changes, read_proposals, value_of
from bot.review import months_after, today
from referral.enums import StaffRole
from tests.console.conftest import fill, send, signed_in, token
from tests.referral.conftest import World
from tests.referral.feedback.said import NUMBER, doubted, report

pytestmark = pytest.mark.databases("sqlite")
BOTH = pytest.mark.databases("sqlite", "postgresql")
FACTS, WAGE = "/editor/facts", "minimum_wage"


def value(place: Place, name: str, key: str) -> object:
    """Return a value of a fact as the file has it."""
    return value_of(place.locales, "facts.yml", ("facts", name, key))


def reported_by(world: World, persons: int, fact: str = NUMBER) -> None:
    """Let some people report a number."""
    for chat in range(1, persons + 1):
        report(world, chat, fact=fact)


def called(browser: FlaskClient, name: str = NUMBER, **fields: str | list[str]) -> str:
    """Note a call; return the page that follows."""
    return fill(browser, f"{FACTS}/{name}/call", f"{FACTS}/{name}/call", **{"answered": "as_said", **fields})


def form_of(browser: FlaskClient, name: str) -> dict[str, str]:
    """Return what the form of a fact is filled in with."""
    page = browser.get(f"{FACTS}/{name}/change").text
    form = re.search(r'<form class="card form".*?</form>', page, re.DOTALL)
    assert form
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form[0]))
    for select, options in re.findall(r'<select[^>]* name="(\w+)".*?>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[select] = chosen[1] if chosen else ""
    for area, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        found[area] = text.strip()
    return {key: html.unescape(text) for key, text in found.items() if key not in ("called", "csrf_token")}


def change(browser: FlaskClient, name: str, *, step: str = "look", **fields: str) -> tuple[int, str]:
    """Send the form of a fact; return the status and the page."""
    data = {"csrf_token": token(browser, FACTS), **form_of(browser, name), "reason": "the page says so", **fields}
    answer = browser.post(f"{FACTS}/{name}/change", data={**data, "step": step}, follow_redirects=True)
    return answer.status_code, html.unescape(answer.text)


def test_a_report_is_seen_at_once_wherever_an_editor_is(world: World, editor: FlaskClient) -> None:
    before = editor.get(f"{FACTS}/signs?auto=1").text
    assert 'class="count"' not in editor.get("/directory").text
    reported_by(world, 3)
    assert editor.get(f"{FACTS}/signs?auto=1").text != before
    assert 'class="count">1<' in editor.get("/directory").text
    for page in (editor.get("/editor/texts").text, editor.get(FACTS).text):
        assert "1 number is reported" in page
        assert "(by 3 people)" in page
    shown = editor.get(f"{FACTS}?show=reported").text
    assert shown.count("I called it today") == 1
    assert "does not work for 3 people" in shown
    assert "the bot says that people could not reach it" in editor.get(f"{FACTS}/{NUMBER}").text


def test_one_report_is_seen_but_raises_no_caution_yet(world: World, editor: FlaskClient) -> None:
    reported_by(world, 1)
    assert "does not work for 1 person" in editor.get(FACTS).text
    assert "From 3 people on" in editor.get(f"{FACTS}/{NUMBER}").text


FOUND: tuple[tuple[str, set[str]], ...] = (
    ("words=12919", {"hotline_migration"}),
    ("words=nothing+like+this", set()),
    ("show=phones&words=ombudsman", {"hotline_ombudsman"}),
    ("show=due", set()),
    ("show=<script>&words=yimer", {"yimer"}),
)


def test_facts_are_found(editor: FlaskClient) -> None:
    for asked, names in FOUND:
        page = editor.get(f"{FACTS}?{asked}").text
        assert set(re.findall(rf'class="what"><a href="{FACTS}/(\w+)"', page)) == names, asked
        assert "<script>&" not in page


def test_what_is_due_is_counted_and_listed(editor: FlaskClient, place: Place) -> None:
    path = place.locales / "facts.yml"
    head, found, tail = path.read_text().partition(f"\n  {WAGE}:")
    path.write_text(head + found + tail.replace("2027-01-31", (today() + dt.timedelta(days=20)).isoformat(), 1))
    page = editor.get(f"{FACTS}?show=due").text
    assert "1 number or date is to be checked" in page
    assert "check is due soon" in page
    assert page.count('class="what"') == 1


@BOTH
def test_a_call_is_written_down_and_settles_what_people_report(world: World, editor: FlaskClient, place: Place) -> None:
    reported_by(world, 3)
    assert doubted(world) == {NUMBER: 3}
    shown = editor.get(f"{FACTS}/{NUMBER}/call").text
    assert "The reports of 3 people are settled." in shown
    assert "The one that the answers name: state body" in shown
    page = called(editor, languages=["az", "fa"], words="till 18:00")
    assert "What people reported is settled" in page
    day = today()
    assert value(place, NUMBER, "test_dialled") == value(place, NUMBER, "checked") == day.isoformat()
    assert value(place, NUMBER, "review_by") == months_after(day, 6).isoformat()
    assert value(place, NUMBER, "verified_by") == "editor"
    assert value(place, NUMBER, "note") == f"hours not found; called {day}: az, fa, till 18:00"
    assert value(place, NUMBER, "confidence") == "weak"
    assert doubted(world) == {}
    (change,) = read_changes(place)
    assert (change.author.login, change.subjects) == ("editor", (f"fact/{NUMBER}",))
    assert "and the right one answered" in page
    assert 'class="count"' not in page
    assert "is settled" not in called(editor, languages=["az", "fa"], words="till 18:00")  # a second time: nothing new
    assert len(read_changes(place)) == 1


def test_a_call_that_nobody_took_verifies_nothing(world: World, editor: FlaskClient, place: Place) -> None:
    reported_by(world, 3)
    assert send(editor, f"{FACTS}/{NUMBER}/call", f"{FACTS}/{NUMBER}/call", answered="").status_code == 409
    for answered in ("other", "nobody"):
        answer = send(editor, f"{FACTS}/{NUMBER}/call", f"{FACTS}/{NUMBER}/call", answered=answered)
        assert answer.headers["Location"] == f"{FACTS}/{NUMBER}/change?wrong=1"
        assert "Nothing was noted as checked." in editor.get(answer.headers["Location"]).text
    assert value(place, NUMBER, "test_dialled") is None
    assert doubted(world) == {NUMBER: 3}


def test_a_number_that_was_changed_meanwhile_was_not_the_one_that_was_called(
    world: World, editor: FlaskClient, place: Place
) -> None:
    reported_by(world, 3)
    data = {"csrf_token": token(editor, f"{FACTS}/{NUMBER}/call"), "seen": "142", "answered": "as_said"}
    path = place.locales / "facts.yml"
    path.write_text(path.read_text().replace('value: "142"', 'value: "916"'))
    answer = editor.post(f"{FACTS}/{NUMBER}/call", data=data)
    assert answer.status_code == 409
    assert "you saw 142, now it is 916" in answer.text
    assert value(place, NUMBER, "test_dialled") is None
    assert doubted(world) == {NUMBER: 3}


def test_that_a_number_is_confirmed_waits_for_a_second_person(editor: FlaskClient, place: Place) -> None:
    page = called(editor, confirms="y")
    assert "waits for a second editor" in page
    assert value(place, NUMBER, "test_dialled") == today().isoformat()
    assert value(place, NUMBER, "confidence") == "weak"
    (proposal,) = read_proposals(place)
    assert {edit.path[-1]: edit.after for edit in proposal.edits if edit.before != edit.after} == {
        "confidence": "confirmed",
        "source": "own_call",
        "date": today().isoformat(),
    }
    assert "A change by editor waits for a second editor" in editor.get(f"{FACTS}/{NUMBER}").text


def test_a_correction_is_shown_before_it_is_saved(editor: FlaskClient, place: Place) -> None:
    fields = {"value": "450", "date": "2026-11", "reason": "raised <b>today</b>"}
    status, page = change(editor, WAGE, **fields)
    assert status == 200
    assert "1 answer in 3 languages shows this" in page
    shown = page.replace("\u00a0", " ").replace(' dir="auto"', "")
    assert shown.count("<mark>450 AZN</mark>") >= 2
    assert "<del>400 AZN</del> <ins>450 AZN</ins>" in shown
    assert value(place, WAGE, "value") == 400
    assert read_changes(place) == []
    status, page = change(editor, WAGE, step="save", **fields)
    assert "Saved" in page
    assert f'href="{FACTS}/{WAGE}"' in page
    assert value(place, WAGE, "value") == 450
    assert value(place, WAGE, "checked") == today().isoformat()
    assert value(place, WAGE, "verified_by") == "editor"
    assert read_changes(place)[0].reason == fields["reason"]
    assert "raised &lt;b&gt;today" in editor.get(f"{FACTS}/{WAGE}").text


def test_a_new_number_waits_for_a_second_person(
    world: World, editor: FlaskClient, reader: FlaskClient, place: Place
) -> None:
    reported_by(world, 3)
    fields = {"value": "916", "new_source": "A letter of the Ministry", "date": "2026-11-20", "called": "y"}
    _status, page = change(editor, NUMBER, **fields)
    assert "18 answers in 3 languages show this, 3 other messages too." in page
    assert "A second editor must look at the change" in page
    _status, page = change(editor, NUMBER, step="save", **fields)
    assert "Your change waits for a second editor." in page
    assert (value(place, NUMBER, "value"), doubted(world)) == ("142", {NUMBER: 3})
    (proposal,) = read_proposals(place)
    written = {edit.path: edit.after for edit in proposal.edits}
    assert written["sources", "a_letter_of_the_ministry"] == {"name": fields["new_source"], "date": fields["date"]}
    assert written["facts", NUMBER, "source"] == "a_letter_of_the_ministry"
    waits = f"/editor/proposals/{proposal.id}"
    assert waits in editor.get(f"{FACTS}/{NUMBER}").text
    assert 'class="count">1<' in reader.get("/editor/texts").text
    asked = html.unescape(reader.get(waits).text)
    assert "A letter of the Ministry, 2026-11-20" in re.sub("<[^>]+>", "", asked)
    assert asked.count('<mark dir="auto">916</mark>') == 3  # one line in each language
    fill(reader, waits, f"{waits}/approve")
    assert value(place, NUMBER, "value") == "916"
    assert value(place, NUMBER, "test_dialled") == value(place, NUMBER, "checked") == today().isoformat()
    assert doubted(world) == {}
    assert "looked at by reader" in reader.get(f"{FACTS}/{NUMBER}").text


def test_what_the_check_refuses_is_said_and_cannot_be_saved(editor: FlaskClient, place: Place) -> None:
    page = change(editor, NUMBER, value="14")[1]
    assert "14 is not a number that can be dialled (AZ)." in page
    assert 'name="step" value="save"' not in page
    assert change(editor, NUMBER, value="14", step="save")[0] == 409
    assert read_proposals(place) == []


def test_without_source_date_and_reason_nothing_is_changed(editor: FlaskClient, place: Place) -> None:
    lacking: tuple[dict[str, str], ...] = (
        {"source": "", "new_source": " "},
        {"date": ""},
        {"reason": " "},
        {"review_by": "soon"},
        {"confidence": "sure"},
    )
    for fields in lacking:
        status, page = change(editor, WAGE, step="save", value="450", **fields)
        assert status == 409, fields
        assert "Nothing was changed" in page
        assert 'value="450"' in page
    assert value(place, WAGE, "value") == 400


def test_a_correction_of_what_somebody_else_has_changed_is_not_written_over_it(
    editor: FlaskClient, place: Place
) -> None:
    data = {"csrf_token": token(editor, FACTS), **form_of(editor, WAGE), "reason": "raised", "value": "450"}
    path = place.locales / "facts.yml"
    path.write_text(
        path.read_text().replace(
            "    value: 400\n    unit: AZN\n    source: wage", "    value: 420\n    unit: AZN\n    source: wage"
        )
    )
    answer = editor.post(f"{FACTS}/{WAGE}/change", data={**data, "step": "save"})
    assert answer.status_code == 409
    assert "you saw 400, now it is 420" in answer.text
    assert 'value="450"' in answer.text
    assert value(place, WAGE, "value") == 420


def test_a_number_that_nobody_knows_is_said_to_be_unconfirmed_and_stays_reported(
    world: World, editor: FlaskClient, place: Place
) -> None:
    reported_by(world, 3, "hotline_ombudsman")
    form = html.unescape(editor.get(f"{FACTS}/hotline_ombudsman/change?wrong=1").text)
    assert "Nobody knows the right number yet" in form
    data = {
        "csrf_token": token(editor, FACTS),
        "seen": form_of(editor, "hotline_ombudsman")["seen"],
        "reason": "no such number; I called twice",
    }
    page = editor.post(f"{FACTS}/hotline_ombudsman/doubt", data=data, follow_redirects=True).text
    assert "Your change waits for a second editor." in page
    (proposal,) = read_proposals(place)
    changed = {edit.path[-1]: edit.after for edit in proposal.edits if edit.before != edit.after}
    assert changed["confidence"] == "weak"
    assert changed["note"] == f"24 hours; doubted {today()}: no such number, I called twice"
    assert "checked" not in changed
    assert doubted(world) == {"hotline_ombudsman": 3}


def test_supervisors_come_here_too_and_caseworkers_are_not_reminded(app: Flask, world: World) -> None:
    world.hire("vusal", StaffRole.SUPERVISOR)
    assert signed_in(app, "vusal").get(FACTS).status_code == 200
    assert 'class="count"' not in signed_in(app, "leyla").get("/directory").text


def test_what_is_no_fact_and_no_number_is_not_there(editor: FlaskClient) -> None:
    for address in ("nothing", "nothing/call", f"{WAGE}/call", "shelter_phone/call"):
        assert editor.get(f"{FACTS}/{address}").status_code == 404, address


def test_a_form_that_has_lost_what_the_editor_saw_is_refused(editor: FlaskClient, place: Place) -> None:
    whole = json.loads(form_of(editor, WAGE)["seen"])
    for seen in ("", "{}", "[]", json.dumps({**whole, "value": [1]})):
        assert change(editor, WAGE, step="save", value="450", seen=seen)[0] == 400, seen
    assert value(place, WAGE, "value") == 400


def test_nothing_is_noted_without_the_forms_token(editor: FlaskClient, place: Place) -> None:
    assert editor.post(f"{FACTS}/{NUMBER}/call", data={"answered": "as_said", "seen": "142"}).status_code == 400
    assert value(place, NUMBER, "test_dialled") is None


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_lost(editor: FlaskClient, place: Place) -> None:
    path = place.locales / "facts.yml"
    path.write_text(path.read_text().replace('value: "142"', 'value: "142'))
    for address in (FACTS, f"{FACTS}/{NUMBER}"):
        page = editor.get(address).text
        assert "The files cannot be read" in page
        assert "facts.yml" in page
    assert editor.get("/directory").status_code == 200
