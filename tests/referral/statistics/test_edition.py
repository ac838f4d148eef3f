"""An edition: what of a period is published, and when."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from referral.enums import ReferralStatus
from referral.errors import NotPublishable
from referral.statistics import (
    Cell,
    CountedEvents,
    Edition,
    Gap,
    Period,
    Table,
    edition_from_json,
    edition_to_json,
    legend,
    make_edition,
)
from tests.referral.statistics.caseloads import AFTER, QUARTER, SECRET, YEAR, caseload, edition_of


def table(edition: Edition, name: str) -> Table:
    """Return a table by its name."""
    return next(found for found in edition.tables if found.name == name)


def test_a_year_has_tables_of_one_and_of_two_dimensions_with_totals() -> None:
    edition = edition_of(caseload(900))
    assert [found.name for found in edition.tables] == [
        "age",
        "urgency",
        "status",
        "answered",
        "month",
        "quarter",
        "topic",
        "language",
        "topic_by_quarter",
        "topic_by_language",
    ]
    by_quarter = table(edition, "topic_by_quarter")
    assert by_quarter.columns == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", None)
    assert [row.category for row in by_quarter.rows][-1] is None
    assert by_quarter.rows[-1].cells[-1] == edition.total == Cell(900)
    assert [row.cells[-1] for row in by_quarter.rows] == [row.cells[0] for row in table(edition, "topic").rows]


def test_a_quarter_has_no_table_by_quarter() -> None:
    edition = edition_of(caseload(200, period=QUARTER), QUARTER)
    assert not any("quarter" in found.name for found in edition.tables)
    assert [row.category for row in table(edition, "month").rows] == ["2026-01", "2026-02", "2026-03", None]


@pytest.mark.parametrize(
    ("size", "total", "has_tables"),
    [
        (0, Cell(None, Gap.FEW), False),
        (10, Cell(None, Gap.FEW), False),
        (11, Cell(11), False),
        (54, Cell(54), False),
        (55, Cell(55), True),
    ],
)
def test_few_cases_have_a_total_or_nothing(size: int, total: Cell, has_tables: bool) -> None:
    edition = edition_of(caseload(size))
    assert edition.total == total
    assert bool(edition.tables) is has_tables


def test_cases_of_other_times_are_left_out() -> None:
    cases = caseload(100)
    others = [
        replace(case, month=month) for case, month in zip(cases, ["2025-12", "2027-01", "2026-1"] * 9, strict=False)
    ]
    assert edition_of([*cases, *others]) == edition_of(cases)


def test_a_value_that_nobody_foresaw_makes_no_category_of_its_own() -> None:
    cases = caseload(100)
    strange = [replace(case, topic="=HYPERLINK()", language="tlh", age_band="skipped") for case in cases]
    edition = edition_of(strange)
    assert [row.category for row in table(edition, "topic").rows] == [
        row.category for row in table(edition_of(cases), "topic").rows
    ]
    assert table(edition, "topic").rows[-2].cells[0].value in {None, 100}


def test_a_case_that_cannot_be_is_named_and_not_counted() -> None:
    cases = caseload(100)
    broken = [replace(case, status=ReferralStatus.NEW, answered_in_time=True) for case in cases[:1]]
    with pytest.raises(ValueError, match="status new and answered in_time"):
        edition_of([*cases, *broken])


def test_the_same_secret_makes_the_same_edition_and_another_one_chooses_otherwise() -> None:
    cases = caseload(400)
    assert edition_of(cases) == edition_of(list(reversed(cases)))
    assert len({json.dumps(edition_to_json(edition_of(cases, secret=bytes([n]) * 16))) for n in range(5)}) > 1


def test_each_edition_has_choices_of_its_own() -> None:
    cases = caseload(400)
    other = make_edition(cases, organisation="Another", period=YEAR, made_on=AFTER, published=[], secret=SECRET)
    assert other.total == edition_of(cases).total
    assert other.tables != edition_of(cases).tables


@pytest.mark.parametrize("secret", [b"", b"fifteen bytes..", bytes(65)])
def test_a_secret_has_a_length(secret: bytes) -> None:
    with pytest.raises(ValueError, match="between 16 and 64 bytes"):
        edition_of(caseload(60), secret=secret)


@pytest.mark.parametrize("made_on", [dt.date(2026, 12, 31), dt.date(2026, 7, 1)])
def test_a_period_that_is_not_over_is_not_published(made_on: dt.date) -> None:
    with pytest.raises(NotPublishable, match="after 2026-12-31"):
        make_edition([], organisation="A", period=YEAR, made_on=made_on, published=[], secret=SECRET)


@pytest.mark.parametrize("earlier", [YEAR, QUARTER, Period("2026-10", "2027-03"), Period("2025-10", "2026-03")])
def test_no_month_is_published_twice(earlier: Period) -> None:
    with pytest.raises(NotPublishable, match="published already"):
        make_edition([], organisation="A", period=YEAR, made_on=AFTER, published=[earlier], secret=SECRET)


def test_the_next_period_is_published() -> None:
    edition = make_edition(
        caseload(20, period=QUARTER),
        organisation="A",
        period=QUARTER,
        made_on=AFTER,
        published=[Period("2025-01", "2025-12"), Period("2026-04", "2026-06")],
        secret=SECRET,
    )
    assert edition.total == Cell(20)


def test_events_are_counted_apart_and_small_counts_are_gaps() -> None:
    edition = make_edition(
        caseload(60),
        organisation="A",
        period=YEAR,
        made_on=AFTER,
        published=[],
        secret=SECRET,
        events=[
            CountedEvents("answers", "2026-02", 700),
            CountedEvents("answers", "2026-12", 4),
            CountedEvents("answers", "2025-12", 99),
            CountedEvents("cards", "2026-02", 10),
        ],
        event_names=["answers", "cards", "languages_changed"],
    )
    assert [(event.name, event.cell) for event in edition.events] == [
        ("answers", Cell(704)),
        ("cards", Cell(None, Gap.FEW)),
        ("languages_changed", Cell(None, Gap.FEW)),
    ]
    with pytest.raises(ValueError, match="'danger'"):
        make_edition(
            [],
            organisation="A",
            period=YEAR,
            made_on=AFTER,
            published=[],
            secret=SECRET,
            events=[CountedEvents("danger", "2026-02", 1)],
        )


@pytest.mark.parametrize("size", [3, 30, 400])
def test_an_edition_is_kept_as_it_is(size: int) -> None:
    edition = edition_of(caseload(size))
    assert edition_from_json(json.loads(json.dumps(edition_to_json(edition)))) == edition


def test_an_edition_of_another_version_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 2"):
        edition_from_json(edition_to_json(edition_of([])) | {"version": 2})


@pytest.mark.parametrize(
    ("size", "words"),
    [(3, "fewer than 11 requests, or none"), (30, "too few requests for tables"), (400, "A gap can stand for nobody")],
)
def test_the_legend_says_what_is_missing(size: int, words: str) -> None:
    sentences = legend(edition_of(caseload(size)))
    assert any(words in sentence for sentence in sentences)
    assert sentences[0].startswith("A Helping Hand: requests opened from 1 January 2026 to 31 December 2026, as")
    assert all(sentence.endswith(".") and len(sentence.split()) <= 26 for sentence in sentences)
