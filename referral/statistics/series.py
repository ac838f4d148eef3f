"""A topic over several editions: worked out from what was published, so it tells nothing new."""

from collections.abc import Sequence
from itertools import pairwise

from referral.errors import NotPublishable
from referral.statistics.dimensions import TOPIC
from referral.statistics.edition import Edition
from referral.statistics.table import Cell, Gap, Row, Table


def topics_over_time(editions: Sequence[Edition]) -> Table:
    """Return topics by edition, oldest first; a sum with a gap in it is a gap.

    This is how to come to a year: its first cases are erased before it is over, editions stay. Raise `NotPublishable`
    when two editions count the same month or are of different organisations.
    """
    ordered = sorted(editions, key=lambda edition: edition.period.first)
    for earlier, later in pairwise(ordered):
        if earlier.organisation != later.organisation or earlier.period.overlaps(later.period):
            raise NotPublishable("Compare editions of one organisation that do not overlap.")
    rows = tuple(
        Row(topic, _with_sum([_topic(edition, topic) for edition in ordered])) for topic in (*TOPIC.categories, None)
    )
    return Table(TOPIC.name, "edition", (*(_name(edition) for edition in ordered), None), rows)


def _topic(edition: Edition, topic: str | None) -> Cell:
    if topic is None:
        return edition.total
    found = (
        row.cells[0]
        for table in edition.tables
        if table.name == TOPIC.name
        for row in table.rows
        if row.category == topic
    )
    return next(found, Cell(None, Gap.WITHHELD))


def _with_sum(cells: list[Cell]) -> tuple[Cell, ...]:
    values = [cell.value for cell in cells if cell.value is not None]
    return *cells, Cell(sum(values)) if len(values) == len(cells) else Cell(None, Gap.WITHHELD)


def _name(edition: Edition) -> str:
    quarters = edition.period.quarters
    return quarters[0] if len(quarters) == 1 else f"{quarters[0]}/{quarters[-1]}"
