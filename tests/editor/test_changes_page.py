"""What was changed: shown word by word, given to git, and taken back by a new change."""

import os
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.content.changing import Place, read_changes, value_of
from bot.content.live.keeper import Keeper
from bot.released import Released
from tests.editor.forms import ANSWERS_AZ, LOW, TEXT, changed, fields, send

pytestmark = pytest.mark.databases("sqlite")
AZ = (LOW,)


def keeper_of(place: Place) -> Keeper:
    """Return a keeper that need not wait: nobody else writes."""
    return Keeper(Released(place.data_dir, place.locales), sleep=lambda _seconds: None)


def change_receipt(editor: FlaskClient, place: Place) -> None:
    """Make change 1."""
    typed = changed(place, "az", "qəbzi saxlayın", "çeki saxlayın")
    assert send(editor, LOW, save="1", reason="the word on the paper", **typed).status_code == 302


def test_a_change_says_when_people_read_it(editor: FlaskClient, place: Place) -> None:
    keeper = keeper_of(place)
    keeper.begin()
    change_receipt(editor, place)
    waiting = editor.get("/editor/changes/1").text
    assert "It goes live in some seconds" in waiting
    assert 'http-equiv="refresh"' in waiting
    keeper.look()
    live = editor.get("/editor/changes/1").text
    assert "Live since" in live
    assert 'http-equiv="refresh"' not in live


def test_what_keeps_a_change_from_going_live_is_told_on_every_page(editor: FlaskClient, place: Place) -> None:
    keeper = keeper_of(place)
    keeper.begin()
    file = place.locales / TEXT
    by_hand = file.read_text(encoding="utf-8").replace("Smuggling is different:", "Smuggling is different!", 1)
    file.write_text(by_hand, encoding="utf-8")
    change_receipt(editor, place)
    keeper.look()
    assert "Saved, but not live." in editor.get("/editor/changes/1").text
    for address in ("/editor/texts", "/editor/proposals", f"/editor/text/{LOW}"):
        assert "Something in the files cannot go live." in editor.get(address).text


def test_without_a_keeper_nobody_is_told_that_it_goes_live(editor: FlaskClient, place: Place) -> None:
    change_receipt(editor, place)
    assert "does not run" in editor.get("/editor/changes/1").text


def test_history_shows_who_when_why_and_the_words(editor: FlaskClient, place: Place) -> None:
    change_receipt(editor, place)
    page = editor.get(f"/editor/changes?of={LOW}").text
    assert "the word on the paper" in page
    assert "Nothing has been changed here yet." in editor.get("/editor/changes?of=answer/life_school").text
    detail = editor.get("/editor/changes/1").text
    assert "<del>qəbzi</del><ins>çeki</ins>" in detail
    assert editor.get("/editor/changes/7").status_code == 404


def test_an_earlier_text_comes_back_by_a_new_change(editor: FlaskClient, place: Place) -> None:
    before = value_of(place.locales, ANSWERS_AZ, AZ)
    change_receipt(editor, place)
    page = editor.get(f"/editor/text/{LOW}?before=1&with=az").text
    assert "These are the words from before change 1." in page
    data = {**fields(page), "save": "1", "reason": "as it was"}
    editor.post(f"/editor/text/{LOW}", data=data, content_type="multipart/form-data")
    assert value_of(place.locales, ANSWERS_AZ, AZ) == before
    assert [change.restores for change in read_changes(place)] == [1, None]


def test_git_takes_what_is_downloaded(editor: FlaskClient, place: Place, tmp_path: Path) -> None:
    folder = place.locales.parent
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "before")
    change_receipt(editor, place)
    after = (place.locales / ANSWERS_AZ).read_bytes()
    git(folder, "checkout", "-q", "--", ".")
    answer = editor.get("/editor/changes/1.patch")
    assert 'filename="0001-answer-life-money.patch"' in answer.headers["Content-Disposition"]
    patch = tmp_path / "one.patch"
    patch.write_bytes(answer.data)
    assert editor.get("/editor/changes.mbox").data == answer.data
    git(folder, "am", str(patch))
    assert (place.locales / ANSWERS_AZ).read_bytes() == after
    assert editor.get("/editor/changes/2.patch").status_code == 404


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@korpu.invalid", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)
