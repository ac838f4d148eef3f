"""Replacing one value of a YAML file leaves everything else as it was."""

import difflib

import pytest

from bot.content.changing.edit import Value
from bot.content.changing.yamlvalue import NoSuchPlace, value_at, with_value

TEXT = """\
# first comment
sources:
  fhn: {name: "Ministry, 112", date: "2026-02-28"}  # of the state
facts:
  police:
    value: "102" # short
    unit: phone
    days: 30
    dialled: null
    empty:
    single: 'it''s'

  # a comment between
  last:
    text: |
      <b>One.</b>
      • Two: {police}

      Three

next: |-
  no newline
"""


def lines_changed(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in found if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        ("sources.fhn.name", "Müəyyən: {x}", ['+  fhn: {name: "Müəyyən: {x}", date: "2026-02-28"}  # of the state']),
        ("facts.police.value", "112", ['+    value: "112" # short']),
        ("facts.police.value", 112, ["+    value: 112 # short"]),
        ("facts.police.unit", "url", ["+    unit: url"]),
        ("facts.police.unit", "a # b", ['+    unit: "a # b"']),
        ("facts.police.unit", "12", ['+    unit: "12"']),
        ("facts.police.days", 45, ["+    days: 45"]),
        ("facts.police.dialled", "2026-11-26", ['+    dialled: "2026-11-26"']),
        ("facts.police.empty", "now", ["+    empty: now"]),
        ("facts.police.single", "isn't", ["+    single: 'isn''t'"]),
        ("facts.police.value", None, ["+    value: null # short"]),
        ("facts.last.text", "<b>One.</b>\n• Two: {police}\n\nFour\n", ["+      Four"]),
        ("next", "other", ["+  other"]),
    ],
)
def test_one_line_changes(path: str, value: Value, changed: list[str]) -> None:
    after = with_value(TEXT, path.split("."), value)
    assert value_at(after, path.split(".")) == value
    assert [line for line in lines_changed(TEXT, after) if line[0] == "+"] == changed
    assert len(lines_changed(TEXT, after)) == 2


def test_a_key_that_is_not_there_is_added_behind_the_last_of_its_entry() -> None:
    assert lines_changed(TEXT, with_value(TEXT, ("facts", "police", "note"), "24 hours")) == ['+    note: "24 hours"']
    assert lines_changed(TEXT, with_value(TEXT, ("facts", "last", "note"), "x")) == ['+    note: "x"']
    added = with_value(TEXT, ("sources", "new"), {"name": "A: b", "date": "2026"})
    assert lines_changed(TEXT, added) == ['+  new: {name: "A: b", date: "2026"}']
    assert '{name: "Ministry, 112", date: "2026-02-28", by: "x"}' in with_value(TEXT, ("sources", "fhn", "by"), "x")


def test_a_text_that_gets_a_second_line_becomes_a_block() -> None:
    after = with_value(TEXT, ("facts", "police", "unit"), "one\ntwo\n")
    assert "    unit: |\n      one\n      two\n    days: 30\n" in after


@pytest.mark.parametrize(
    "value", ["x\u2028y\n", " leads with a space\n", "tab\there\n", "a\n\n\n", "#no comment\n", "\x07\n"]
)
def test_what_a_block_cannot_say_is_quoted_and_means_the_same(value: str) -> None:
    after = with_value(TEXT, ("facts", "last", "text"), value)
    assert value_at(after, ("facts", "last", "text")) == value
    assert value_at(after, ("next",)) == "no newline"


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(NoSuchPlace):
        with_value(TEXT, ("facts", "nobody", "value"), "1")
    with pytest.raises(NoSuchPlace):
        value_at(TEXT, ("facts", "police", "unit", "deeper"))
