"""What is dangerous goes in only when another person has looked at it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.content.changing import Place, Proposal, Standing, read_changes, read_proposals, value_of
from tests.console.conftest import signed_in, token
from tests.editor.forms import ANSWERS_AZ, HIGH, changed, send

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def proposal(editor: FlaskClient, place: Place) -> Proposal:
    """Return what the first editor has proposed."""
    send(editor, HIGH, save="1", reason="clearer", **changed(place, "az", "<b>", "<b>Yox: ", of=HIGH))
    (found,) = read_proposals(place)
    return found


def decide(browser: FlaskClient, proposal: Proposal, what: str, reason: str = "") -> int:
    data = {"csrf_token": token(browser, "/editor/texts"), "reason": reason}
    return browser.post(f"/editor/proposals/{proposal.id}/{what}", data=data).status_code


def test_another_editor_sees_the_difference_and_approves(
    reader: FlaskClient, editor: FlaskClient, proposal: Proposal, place: Place
) -> None:
    page = reader.get(f"/editor/proposals/{proposal.id}").text
    assert "<ins>Yox: </ins>" in page or "<ins>Yox:" in page
    assert "clearer" in page
    assert '<div class="bubble"' in page
    assert decide(reader, proposal, "approve") == 302
    (change,) = read_changes(place)
    assert (change.author.login, change.approved_by) == ("editor", "reader")
    assert "Yox:" in str(value_of(place.locales, ANSWERS_AZ, (HIGH,)))
    assert "approved by reader" in editor.get("/editor/proposals").text


def test_the_author_cannot_approve(editor: FlaskClient, proposal: Proposal, place: Place) -> None:
    page = editor.get(f"/editor/proposals/{proposal.id}").text
    assert "/approve" not in page
    assert decide(editor, proposal, "approve") == 422
    assert read_changes(place) == []
    assert decide(editor, proposal, "decline") == 302
    assert read_proposals(place)[0].standing is Standing.TAKEN_BACK


def test_declining_needs_a_reason_that_the_author_reads(
    reader: FlaskClient, editor: FlaskClient, proposal: Proposal, place: Place
) -> None:
    assert decide(reader, proposal, "decline") == 422
    assert decide(reader, proposal, "decline", "Say who they are") == 302
    assert "Say who they are" in editor.get("/editor/proposals").text
    assert decide(reader, proposal, "approve") == 422
    assert read_changes(place) == []


def test_a_proposal_that_the_file_has_left_behind_is_shown_beside_it(
    reader: FlaskClient, editor: FlaskClient, proposal: Proposal, place: Place
) -> None:
    file = place.locales / ANSWERS_AZ
    by_hand = file.read_text(encoding="utf-8").replace(
        str(proposal.edits[0].before).splitlines()[0], "<b>Başqa söz.</b>"
    )
    file.write_text(by_hand, encoding="utf-8")
    data = {"csrf_token": token(reader, "/editor/texts")}
    answer = reader.post(f"/editor/proposals/{proposal.id}/approve", data=data)
    assert answer.status_code == 409
    assert "What the file has now" in answer.text
    assert "Başqa söz." in answer.text
    assert file.read_text(encoding="utf-8") == by_hand
    again = editor.get(f"/editor/text/{HIGH}?proposal={proposal.id}&with=az").text
    assert "Yox:" in again.partition('name="text-az-text"')[2].partition("</textarea>")[0]


def test_proposing_anew_takes_the_old_proposal_back(editor: FlaskClient, proposal: Proposal, place: Place) -> None:
    typed = changed(place, "az", "<b>", "<b>Xeyr: ", of=HIGH)
    send(editor, HIGH, save="1", reason="shorter", replaces=proposal.id, **typed)
    new, old = sorted(read_proposals(place), key=lambda one: one.standing is Standing.TAKEN_BACK)
    assert (new.standing, old.standing, old.id) == (Standing.OPEN, Standing.TAKEN_BACK, proposal.id)


@pytest.mark.usefixtures("staff")
def test_only_those_who_may_edit_decide(app: Flask, proposal: Proposal, place: Place) -> None:
    for login, allowed in (("leyla", False), ("aysel", False), ("vusal", True)):
        browser = signed_in(app, login)
        data = {"csrf_token": token(browser, "/directory")}
        status = browser.post(f"/editor/proposals/{proposal.id}/approve", data=data).status_code
        assert status == (302 if allowed else 403)
        assert bool(read_changes(place)) is allowed
