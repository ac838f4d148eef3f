"""What people asked in vain: groups only, a file to begin an answer with, and groups that are settled."""

import datetime as dt
import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.content.changing import Author
from bot.content.scaffold import NewAnswer, new_answer
from bot.editor.gap_patch import answer_patch
from bot.paths import ROOT
from referral import session_scope
from referral.enums import GapKind
from referral.feedback.content_key import read_content_key
from referral.feedback.gaps import NewGap, store_gap
from referral.feedback.person import Person
from tests.console.conftest import send, token
from tests.referral.conftest import World

pytestmark = pytest.mark.databases("sqlite")
GAPS = "/editor/gaps"
ASKED = ("how to open a bank account", "can i open a bank account […]", "open bank account for foreigners")
ALONE = "where can i sail a boat"


@pytest.fixture
def asked(world: World) -> None:
    """Three people who asked the same, and one who asked something else."""
    for chat, text in enumerate((*ASKED, ALONE), start=1):
        with session_scope(world.relay) as session:
            store_gap(
                session,
                person=Person(chat, world.secret("index_key")),
                gap=NewGap("en", GapKind.FALLBACK, text),
                content_key=read_content_key(world.data_dir),
                day=dt.date(2026, 11, 27),
            )


@pytest.mark.usefixtures("asked")
def test_only_what_three_people_asked_is_shown_until_it_is_settled(editor: FlaskClient) -> None:
    page = editor.get(GAPS).text
    assert "At least 3 people · English" in page
    assert all(text in page for text in ASKED)
    assert ALONE not in page
    assert page.count("<article") == 1
    after = editor.get(send(editor, GAPS, f"{GAPS}/settle").headers["Location"]).text
    assert "The questions are deleted." in after
    assert "<article" not in after


@pytest.mark.usefixtures("asked")
def test_an_answer_is_begun_with_a_file_that_git_takes(editor: FlaskClient) -> None:
    form = re.search(rf'href="({GAPS}/answer\?of=[^"]+)"', editor.get(GAPS).text)
    assert form
    page = html.unescape(editor.get(form[1]).text)
    assert "The console cannot teach the bot a new question." in page
    assert ALONE not in page
    fields = {
        "csrf_token": token(editor, GAPS),
        "of": form[1].partition("=")[2],
        "title": "Open a bank account",
        "topic": "life",
        "asks": "How a foreigner opens an account",
        "intent": "life_bank_account",
        "examples": "how to open a bank account\n\n open bank account for foreigners ",
    }
    answer = editor.post(f"{GAPS}/answer", data=fields)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="new-answer-life_bank_account.patch"'
    patch = answer.get_data(as_text=True)
    assert "From: editor <editor@korpu.invalid>" in patch
    for line in (
        "+++ b/bot/intents/catalogue.yml",
        '+  label: "Open a bank account"',
        "+    - open bank account for foreigners",
        "+++ b/locales/ka/LC_MESSAGES/answers.po",
    ):
        assert f"\n{line}\n" in patch, line
    assert ALONE not in patch
    for wrong, told in (
        ({"title": "x" * 33}, "Fill in"),
        ({"intent": "Life!"}, "Fill in"),
        ({"intent": "life_money"}, "There is an intent life_money already."),
    ):
        refused = editor.post(f"{GAPS}/answer", data=fields | wrong)
        assert refused.status_code == 409
        assert told in refused.text


def test_the_file_is_what_git_applies(tmp_path: Path) -> None:
    asked = NewAnswer("life_bank_account", "life", "Open a bank account", 'How "a foreigner" opens one', examples={})
    changes = new_answer(ROOT, asked)
    for file in changes:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    patch = tmp_path / "new.patch"
    patch.write_text(answer_patch(ROOT, changes, asked, Author("editor")), encoding="utf-8")
    subprocess.run(
        ["git", "apply", patch], cwd=tmp_path, check=True, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    )
    assert {file: (tmp_path / file).read_text(encoding="utf-8") for file in changes} == changes


def test_a_group_that_is_gone_is_not_there_and_nonsense_deletes_nothing(editor: FlaskClient) -> None:
    assert editor.get(f"{GAPS}/answer?of=nothing").status_code == 404
    data = {"csrf_token": token(editor, GAPS), "ids": "1 2; drop"}
    assert editor.post(f"{GAPS}/settle", data=data).status_code == 400


def test_without_the_key_the_page_says_so(editor: FlaskClient, world: World) -> None:
    (world.data_dir / "secrets" / "content_key").unlink()
    assert "This console has no key to open the questions." in editor.get(GAPS).text
