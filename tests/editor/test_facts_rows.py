"""The rows of the facts page, the lines that people read, and what a call or a correction writes."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.changing import Author, Conflict, Place, make_change, needs_second_person, value_of
from bot.editor.facts_edits import (
    Call,
    call_edits,
    change_edits,
    confirming_edits,
    next_review,
    parsed,
    seen_values,
    source_key,
)
from bot.editor.facts_rows import FactRow, Mark, Show, fact_rows
from bot.editor.facts_shown import lines_with
from bot.facts import Confidence, Unit
from bot.i18n import Locales, load_locales
from referral.feedback.reports import ReportedNumber
from tests.content.changing.conftest import few_languages
from tests.content.conftest import TODAY

HOTLINE = "hotline_labour"


@pytest.fixture(scope="module")
def locales() -> Locales:
    """The content in the tree."""
    return load_locales()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return files that a test may change."""
    return Place(few_languages(tmp_path), tmp_path / "data")


def report(fact: str, persons: int = 3) -> ReportedNumber:
    """Return what people say of a number."""
    return ReportedNumber(fact, persons, TODAY, TODAY, ("az",), ("work_unpaid",))


def rows_of(locales: Locales, *reports: ReportedNumber, today: dt.date = TODAY) -> dict[str, FactRow]:
    """Return the rows by the names of their facts, in their order."""
    return {row.fact.name: row for row in fact_rows(locales, reports, today)}


def test_a_reported_number_stands_first(locales: Locales) -> None:
    rows = rows_of(locales, report("yimer", 1), report("not_there_any_more"))
    assert next(iter(rows)) == "yimer"
    assert rows["yimer"].marks[0] is Mark.REPORTED
    assert "not_there_any_more" not in rows


def test_a_row_knows_who_shows_it_and_who_leans_on_it(locales: Locales) -> None:
    rows = rows_of(locales)
    assert "work_contract" in rows[HOTLINE].answers
    assert "card_danger" in "".join(rows["hotline_emergency"].texts)
    assert rows["registration_free"].answers  # never shown: it backs a promise
    assert rows["registration_free"].texts == ()


@pytest.mark.parametrize(
    ("today", "mark"),
    [("2026-12-31", None), ("2027-01-01", Mark.SOON), ("2027-01-31", Mark.SOON), ("2027-02-01", Mark.OVERDUE)],
)
def test_a_fact_is_due_and_then_overdue(locales: Locales, today: str, mark: Mark | None) -> None:
    row = rows_of(locales, today=dt.date.fromisoformat(today))["fine_min"]
    assert row.marks == ((mark,) if mark else ())
    assert row.fits(Show.DUE, "") == (mark is not None)


def test_an_empty_fact_is_not_due_but_not_confirmed(locales: Locales) -> None:
    row = rows_of(locales, today=dt.date(2028, 1, 1))["shelter_phone"]
    assert row.marks == (Mark.EMPTY,)
    assert row.fits(Show.UNCONFIRMED, "")
    assert row.fits(Show.PHONES, "")
    assert not row.fits(Show.DUE, "")


@pytest.mark.parametrize("words", ["migration 919", "012919", "012-919", "HOTLINE migration", "call centre"])
def test_a_number_is_found_however_it_is_written(locales: Locales, words: str) -> None:
    assert "hotline_migration" in {name for name, row in rows_of(locales).items() if row.fits(Show.ALL, words)}


def test_what_is_not_there_is_not_found(locales: Locales) -> None:
    assert not any(row.fits(Show.ALL, "919 fine") for row in rows_of(locales).values())


def test_lines_are_as_people_read_them(locales: Locales) -> None:
    lines = {line.context: line for line in lines_with(locales, HOTLINE, "ru")}
    line = lines["answer/work_contract"]
    assert line.value == "142"
    assert line.before == "☎ "
    assert "<" not in line.before + line.after
    assert "{" not in line.before + line.after
    assert len(lines) == len(rows_of(locales)[HOTLINE].answers) + len(rows_of(locales)[HOTLINE].texts)


def test_a_line_without_a_translation_is_english(locales: Locales) -> None:
    bare = replace(locales, translations={**locales.translations, "ru": {}})
    english = {line.context: line.after for line in lines_with(locales, HOTLINE, "en")}
    assert {line.context: line.after for line in lines_with(bare, HOTLINE, "ru")} == english


@pytest.mark.parametrize(
    ("before", "call", "note"),
    [
        (
            "hours not found",
            Call(("az", "ru"), " till  6; no lunch"),
            "hours not found; called 2026-12-01: az, ru, till 6, no lunch",
        ),
        ("called 2026-01-01: az; hours not found", Call((), ""), "hours not found; called 2026-12-01"),
        (None, Call((), "a woman"), "called 2026-12-01: a woman"),
    ],
)
def test_a_call_is_noted_once(before: str | None, call: Call, note: str) -> None:
    assert call.note(before, TODAY) == note


def test_a_call_needs_nobody_else_and_a_change_of_the_number_does(place: Place) -> None:
    fact = load_locales(place.locales).facts.named(HOTLINE)
    called = call_edits(place.locales, fact, Call(("az",), ""), login="aysel", today=TODAY)
    assert not needs_second_person(place.locales, called)
    assert needs_second_person(place.locales, confirming_edits(place.locales, fact, TODAY))
    seen = seen_values(place.locales, HOTLINE)
    other = change_edits(
        place.locales, HOTLINE, seen, {**seen, "value": "143"}, called=False, login="aysel", today=TODAY
    )
    assert needs_second_person(place.locales, other)


def test_a_call_is_written_and_stands_in_the_facts(place: Place, locales: Locales) -> None:
    fact, day = locales.facts.named(HOTLINE), dt.date.today()  # noqa: DTZ011 - the check knows no other day
    make_change(
        place, call_edits(place.locales, fact, Call(("az",), ""), login="aysel", today=day), Author("aysel"), "called"
    )
    now = load_locales(place.locales).facts.named(HOTLINE)
    assert (now.test_dialled, now.checked, now.verified_by) == (day, day, "aysel")
    assert now.review_by == next_review(Unit.PHONE, day)
    assert now.confidence is Confidence.WEAK
    assert now.note == f"hours not found; called {day}: az"


def test_a_call_of_a_number_that_was_changed_meanwhile_is_not_noted(place: Place, locales: Locales) -> None:
    path = place.locales / "facts.yml"
    path.write_text(path.read_text().replace('value: "142"', 'value: "143"'))
    edits = call_edits(place.locales, locales.facts.named(HOTLINE), Call((), ""), login="aysel", today=TODAY)
    with pytest.raises(Conflict):
        make_change(place, edits, Author("aysel"), "called")
    assert value_of(place.locales, "facts.yml", ("facts", HOTLINE, "test_dialled")) is None


def test_a_new_number_has_not_been_called_unless_it_was(place: Place) -> None:
    path = place.locales / "facts.yml"
    head, found, tail = path.read_text().partition("\n  hotline_labour:")
    path.write_text(head + found + tail.replace("test_dialled: null", 'test_dialled: "2026-05-01"', 1))
    seen = seen_values(place.locales, HOTLINE)

    def written(called: bool, **wanted: str) -> dict[str, object]:
        edits = change_edits(
            place.locales, HOTLINE, seen, {**seen, **wanted}, called=called, login="aysel", today=TODAY
        )
        return {edit.path[-1]: edit.after for edit in edits}

    assert written(False, value="143")["test_dialled"] is None
    assert written(True, value="143")["test_dialled"] == TODAY.isoformat()
    assert "test_dialled" not in written(False, note="other hours")
    assert set(written(False, note="other hours")) == {"value", "note", "checked", "verified_by"}


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        (" 112 ", Unit.PHONE, "112"),
        ("1 200,50", Unit.AZN, 1200.5),
        ("400", Unit.AZN, 400),
        ("four", Unit.DAYS, "four"),
        ("2025-05", Unit.DATE, "2025-05"),
        ("  ", Unit.AZN, None),
    ],
)
def test_what_is_typed_is_read_as_its_unit(words: str, unit: Unit, value: object) -> None:
    assert parsed(words, unit) == value


@pytest.mark.parametrize(
    ("name", "key"), [("Əmək Nazirliyi, 142", "mk_nazirliyi_142"), ("Police, 102", "police_102_2"), ("!", "source")]
)
def test_a_new_source_has_a_key_of_its_own(locales: Locales, name: str, key: str) -> None:
    assert source_key(name, locales.facts.sources) == key
