"""Periods are whole quarters."""

import datetime as dt

import pytest

from referral.errors import NotPublishable
from referral.statistics import Period
from referral.statistics.period import days_of, quarter_of


@pytest.mark.parametrize(
    ("first", "last", "quarters"),
    [
        ("2026-01", "2026-03", ("2026-Q1",)),
        ("2026-10", "2027-03", ("2026-Q4", "2027-Q1")),
        ("2026-04", "2027-03", ("2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1")),
    ],
)
def test_a_period_is_one_to_four_quarters(first: str, last: str, quarters: tuple[str, ...]) -> None:
    period = Period(first, last)
    assert period.quarters == quarters
    assert len(period.months) == 3 * len(quarters)
    assert (period.months[0], period.months[-1]) == (first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01", "2026-01"),
        ("2026-02", "2026-04"),
        ("2026-01", "2027-03"),
        ("2026-04", "2026-03"),
        ("2026-04", "2025-12"),
        ("2026-1", "2026-03"),
        ("2026-13", "2026-15"),
        ("2026-01-01", "2026-03-31"),
    ],
)
def test_other_periods_are_refused(first: str, last: str) -> None:
    with pytest.raises(NotPublishable):
        Period(first, last)


def test_a_period_has_days() -> None:
    period = Period("2027-10", "2028-03")
    assert (period.start, period.end) == (dt.date(2027, 10, 1), dt.date(2028, 3, 31))
    assert days_of("2028-02") == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert days_of("2028-Q2") == (dt.date(2028, 4, 1), dt.date(2028, 6, 30))
    assert quarter_of("2028-06") == "2028-Q2"


def test_periods_overlap_when_they_share_a_month() -> None:
    winter, spring, year = Period("2026-01", "2026-03"), Period("2026-04", "2026-06"), Period("2026-01", "2026-12")
    assert not winter.overlaps(spring)
    assert winter.overlaps(winter)
    assert spring.overlaps(year)
    assert year.overlaps(spring)
