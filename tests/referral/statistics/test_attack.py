"""Nobody who reads an edition can find out a number that it withholds: solved for every gap, over many caseloads."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.enums import ReferralStatus
from referral.statistics import Cell, CountedCase, Edition, Gap, Row, Table
from tests.referral.statistics.attacker import Attacker, Place, numbers
from tests.referral.statistics.caseloads import QUARTER, YEAR, caseload, caseloads, edition_of
from tests.referral.statistics.truth import count

K = 11


def check_edition(edition: Edition, truth: Mapping[Place, int]) -> None:
    """Assert of every number and every gap what docs/statistics.md promises."""
    attacker = Attacker(edition)
    assert {place: truth.get(place, 0) for place in attacker.shown} == attacker.shown
    assert min(attacker.shown.values()) >= K
    for parts, whole in attacker.sums:
        hidden = [place for place in parts if place not in attacker.shown]
        if hidden and whole in attacker.shown:
            assert len(hidden) >= 2
            assert attacker.shown[whole] - sum(attacker.shown.get(place, 0) for place in parts) >= K
    for place in attacker.gaps:
        check_gap(truth.get(place, 0), attacker.bounds(place))


def check_gap(value: int, bounds: tuple[int, int]) -> None:
    """Assert how far a gap must be open."""
    least, most = bounds
    assert least <= value <= most, "the attacker's equations are wrong"
    if value < K:
        assert least == 0
        assert most >= K
    else:
        assert most - least >= K - 1
        assert least == 0 or least >= K


@settings(max_examples=12, deadline=None)
@given(caseloads, st.binary(min_size=16, max_size=16))
def test_no_gap_of_any_edition_can_be_solved(cases: list[CountedCase], secret: bytes) -> None:
    check_edition(edition_of(cases, YEAR, secret), count(cases))


@pytest.mark.parametrize("size", [55, 200, 3000])
def test_no_gap_of_a_quarter_can_be_solved(size: int) -> None:
    cases = caseload(size, period=QUARTER)
    check_edition(edition_of(cases, QUARTER), count(cases))


def test_all_cases_in_one_place_show_nothing_about_the_others() -> None:
    cases = [replace(caseload(1)[0], topic="trafficking", language="ka")] * 70
    edition = edition_of(cases)
    check_edition(edition, count(cases))
    assert all(cell.value in {None, 70} for table in edition.tables for row in table.rows for cell in row.cells)


def test_what_everybody_knows_of_statuses_opens_no_gap() -> None:
    one = caseload(1)[0]
    cases = [replace(one, status=ReferralStatus.NEW, answered_in_time=False)] * 60
    cases += [replace(one, status=ReferralStatus.DONE, answered_in_time=True)] * 8
    check_edition(edition_of(cases), count(cases))  # with "new: 60" shown, at most 8 would be answered in time


def test_the_attacker_knows_that_a_new_request_was_not_answered_in_time() -> None:
    statuses = {"new": 40, "accepted": 20, "in_progress": 20, "done": 20, "rejected": 20, "revoked": None}
    answers = {"in_time": None, "late": None, "still_open": None}
    edition = replace(edition_of(caseload(60)), tables=(one_way("status", statuses), one_way("answered", answers)))
    assert Attacker(edition).bounds(frozenset({("answered", "in_time")})) == (0, 80)


def test_the_attacker_solves_an_edition_that_only_leaves_out_small_numbers() -> None:
    cases = caseload(900)
    edition, truth = edition_of(cases), count(cases)
    attacker = Attacker(replace(edition, tables=tuple(naive(table, truth) for table in edition.tables)))
    found = [attacker.bounds(place) for place in attacker.gaps]
    assert any(least == most for least, most in found)
    assert sum(most < K for _least, most in found) > 20


def naive(table: Table, truth: Mapping[Place, int]) -> Table:
    """Return a table with gaps for small numbers only."""
    values = iter([truth.get(place, 0) for place, _value in numbers(table)])
    cells = (Cell(value) if value >= K else Cell(None, Gap.WITHHELD) for value in values)
    return replace(table, rows=tuple(Row(row.category, tuple(next(cells) for _ in row.cells)) for row in table.rows))


def one_way(name: str, values: Mapping[str, int | None]) -> Table:
    """Return a table of one dimension with a total of 120."""
    rows = [*values.items(), (None, 120)]
    return Table(name, None, (None,), tuple(Row(category, (Cell(value),)) for category, value in rows))
