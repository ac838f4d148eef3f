"""CSV with HXL tags, as programs and spreadsheets read it."""

import csv
import io
import re
from dataclasses import replace

import pytest

from referral.statistics import Edition, cases_csv, events_csv, make_edition
from referral.statistics.counted import CountedEvents
from referral.statistics.sheet import to_csv
from tests.referral.statistics.caseloads import AFTER, SECRET, YEAR, caseload, edition_of

# What the HXL 1.1 dictionary has of what is used here: hashtags with the attributes that it suggests for them.
DICTIONARY = {
    "#need": {"code", "name", "type"},
    "#beneficiary": {"code", "name", "type"},
    "#severity": {"code", "name", "type"},
    "#status": {"code", "name"},
    "#service": {"code", "name", "provided", "type", "url", "used"},
    "#output": {"code", "name", "num", "type"},
    "#date": {"approved", "canceled", "converted", "end", "occurred", "reported", "start"},
    "#org": {"code", "funder", "impl", "name", "prog", "type", "url"},
    "#meta": {"id", "source", "url"},
}
OWN = {"language", "age", "answered", "gap", "rule"}
TAG = re.compile(r"#[a-z][a-z0-9_]*( \+[a-z][a-z0-9_]*)*")  # the tagging conventions of HXL 1.1


@pytest.fixture(scope="module", name="edition")
def one_edition() -> Edition:
    """Return an edition with tables and events."""
    return make_edition(
        caseload(400),
        organisation="A Helping Hand",
        period=YEAR,
        made_on=AFTER,
        published=[],
        secret=SECRET,
        events=[CountedEvents("answers", "2026-02", 700)],
        event_names=["answers", "cards"],
    )


def read(text: str) -> tuple[list[str], list[str], list[dict[str, str]]]:
    """Return headings, tags, and rows by tag."""
    headings, tags, *rows = list(csv.reader(io.StringIO(text)))
    return headings, tags, [dict(zip(tags, row, strict=True)) for row in rows]


def test_the_second_row_has_tags_of_the_dictionary(edition: Edition) -> None:
    for text in (cases_csv(edition), events_csv(edition)):
        headings, tags, _rows = read(text)
        assert len(headings) == len(tags) == len(set(tags)) == len(set(headings))
        for tag in tags:
            assert TAG.fullmatch(tag), tag
            hashtag, *attributes = tag.split(" +")
            assert set(attributes) <= DICTIONARY[hashtag] | OWN, tag


def test_every_number_or_gap_of_every_table_has_a_row(edition: Edition) -> None:
    _headings, _tags, rows = read(cases_csv(edition))
    assert len(rows) == 1 + sum(len(row.cells) for table in edition.tables for row in table.rows)
    for row in rows:
        assert (row["#output +num"] == "") is (row["#meta +gap"] == "withheld")
        assert row["#output +num"] == "" or int(row["#output +num"]) >= 11
        assert row["#org +name"] == "A Helping Hand"
        assert row["#date +reported"] == "2027-01-04"
        assert row["#meta +rule"] == "cells under 11 are not shown"


def test_a_number_stands_with_what_it_counts(edition: Edition) -> None:
    _headings, _tags, rows = read(cases_csv(edition))
    table = next(table for table in edition.tables if table.name == "topic_by_quarter")
    row, cell = next((row, cell) for row in table.rows for cell in row.cells[:1] if row.category and cell.value)
    found = [
        found
        for found in rows
        if found["#output +name"] == "cases by topic_by_quarter"
        and found["#need +code"] == row.category
        and found["#date +start"] == "2026-01-01"
        and found["#date +end"] == "2026-03-31"
    ]
    assert [found["#output +num"] for found in found] == [str(cell.value)]
    assert found[0]["#beneficiary +code +language"] == "all"


def test_a_total_counts_the_whole_period(edition: Edition) -> None:
    _headings, _tags, rows = read(cases_csv(edition))
    first = rows[0]
    assert (first["#output +name"], first["#output +num"]) == ("cases", "400")
    assert (first["#date +start"], first["#date +end"]) == ("2026-01-01", "2026-12-31")
    totals = [row for row in rows if row["#output +num"] == "400"]
    assert len(totals) >= 1 + len(edition.tables)


def test_events_are_in_a_file_of_their_own(edition: Edition) -> None:
    _headings, _tags, rows = read(events_csv(edition))
    assert [(row["#output +name"], row["#output +num"], row["#meta +gap"]) for row in rows] == [
        ("answers", "700", ""),
        ("cards", "", "fewer_than_11"),
    ]
    assert "answers" not in cases_csv(edition)


def test_few_cases_make_one_row() -> None:
    _headings, _tags, rows = read(cases_csv(edition_of(caseload(3))))
    assert [(row["#output +num"], row["#meta +gap"]) for row in rows] == [("", "fewer_than_11")]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " =", "\n-", "\r", "＝", "＠"])
def test_no_text_is_a_formula(edition: Edition, sign: str) -> None:
    text = cases_csv(replace(edition, organisation=f"{sign}HYPERLINK(1)"))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[2][-3] == f"'{sign}HYPERLINK(1)"


def test_numbers_and_other_text_stay_as_they_are() -> None:
    assert to_csv([('A, "B" & C', 12, None, "#org +name", "a=b")]) == '"A, ""B"" & C",12,,#org +name,a=b\r\n'
