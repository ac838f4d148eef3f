"""Topics over time come from what was published."""

import datetime as dt
from dataclasses import replace

import pytest

from referral.errors import NotPublishable
from referral.statistics import Cell, Edition, Gap, Period, topics_over_time
from tests.referral.statistics.caseloads import caseload, edition_of

WINTER, SPRING = Period("2026-01", "2026-03"), Period("2026-04", "2026-06")


def edition(size: int, period: Period) -> Edition:
    """Return an edition in which the first topic has most cases."""
    return edition_of(caseload(size, period=period, skew=0.5), period)


def test_editions_stand_beside_each_other_with_sums_of_what_is_shown() -> None:
    winter, spring = edition(3000, WINTER), edition(40, SPRING)
    table = topics_over_time([spring, winter])
    assert table.name == "topic_by_edition"
    assert table.columns == ("2026-Q1", "2026-Q2", None)
    topics = next(found for found in winter.tables if found.name == "topic")
    for row, of_winter in zip(table.rows, topics.rows, strict=True):
        assert row.category == of_winter.category
        assert row.cells[0] == of_winter.cells[0]
    assert table.rows[-1].cells == (Cell(3000), Cell(40), Cell(3040))
    assert table.rows[0].cells[1:] == (Cell(None, Gap.WITHHELD), Cell(None, Gap.WITHHELD))


def test_a_sum_is_shown_when_all_its_parts_are() -> None:
    table = topics_over_time([edition(3000, WINTER), edition(2000, SPRING)])
    first, second, both = (cell.value for cell in table.rows[0].cells)
    assert first is not None
    assert second is not None
    assert both == first + second


def test_a_longer_edition_has_the_name_of_its_quarters() -> None:
    assert topics_over_time([edition(20, Period("2026-01", "2026-12"))]).columns == ("2026-Q1/2026-Q4", None)


def test_editions_that_overlap_or_are_of_others_are_not_compared() -> None:
    one = edition(20, WINTER)
    with pytest.raises(NotPublishable):
        topics_over_time([one, replace(one, made_on=dt.date(2026, 5, 1))])
    with pytest.raises(NotPublishable):
        topics_over_time([one, replace(edition(20, SPRING), organisation="Another")])
