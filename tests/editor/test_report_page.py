"""The report in the console says what docs/content.md says, of the files as they are now."""

import datetime as dt

import pytest
from flask.testing import FlaskClient

from bot.content.changing import Place
from bot.review import today

pytestmark = pytest.mark.databases("sqlite")


def test_the_report_is_of_the_files_as_they_are_now(editor: FlaskClient, place: Place) -> None:
    before = editor.get("/editor/report").text
    assert before.count('<td data-label="Translated">100 %</td>') == 2  # az and fa; English is the source
    assert "English and all translations were drafted by a machine." in before
    assert "mark is-overdue" not in before
    path = place.locales / "az" / "LC_MESSAGES" / "answers.po"
    entry = 'msgctxt "answer/life_money"'
    path.write_text(path.read_text().replace(entry, f"# reviewed (native): A. B., 2026-12-01\n{entry}"))
    facts = place.locales / "facts.yml"
    head, found, tail = facts.read_text().partition("\n  minimum_wage:")
    facts.write_text(head + found + tail.replace("2027-01-31", (today() - dt.timedelta(days=1)).isoformat(), 1))
    after = editor.get("/editor/report").text
    assert after.count('<td data-label="read by a native speaker">1</td>') == 1
    assert after.count('<span class="mark is-overdue">1</span>') == 2  # of its topic, and of all
