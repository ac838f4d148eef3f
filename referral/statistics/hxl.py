"""An edition as CSV with a row of HXL 1.1 tags below the headings: one row for each number, or its gap."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from referral.statistics.edition import Edition
from referral.statistics.legend import RULE
from referral.statistics.period import days_of
from referral.statistics.sheet import to_csv
from referral.statistics.table import Cell, Table

ALL = "all"
Values: TypeAlias = tuple[str | int | None, ...]

# The hashtags are those of the HXL 1.1 dictionary, and its attributes where it has one. `#output`, because `#affected`
# and `#reached` would promise a number of people; `#meta +gap` and not a word in the column of numbers, which has to
# hold numbers only.
BROKEN_DOWN_BY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "topic": ("Topic", "#need +code"),
        "language": ("Language", "#beneficiary +code +language"),
        "age": ("Age", "#beneficiary +code +age"),
        "urgency": ("Urgency", "#severity +code"),
        "status": ("Status", "#status +code"),
        "answered": ("First answer", "#service +code +answered"),
    }
)
NUMBER = (("First day", "#date +start"), ("Last day", "#date +end"), ("Number", "#output +num"), ("Gap", "#meta +gap"))
ABOUT = (("Organisation", "#org +name"), ("Made on", "#date +reported"), ("Rule", "#meta +rule"))
NAME = ("Counted", "#output +name")


def cases_csv(edition: Edition) -> str:
    """Return the total and all tables of cases; totals have "all" where others have a category."""
    return to_csv(_headed((NAME, *BROKEN_DOWN_BY.values(), *NUMBER, *ABOUT), _cases(edition)))


def events_csv(edition: Edition) -> str:
    """Return the events, apart from the cases: they are not people."""
    return to_csv(_headed((NAME, *NUMBER, *ABOUT), _events(edition)))


def _headed(columns: tuple[tuple[str, str], ...], rows: Iterator[Values]) -> Iterator[Values]:
    yield tuple(heading for heading, _tag in columns)
    yield tuple(tag for _heading, tag in columns)
    yield from rows


def _cases(edition: Edition) -> Iterator[Values]:
    yield ("cases", *_places({}), *_number(edition, edition.total, None), *_about(edition))
    for table in edition.tables:
        for place, cell in _cells(table):
            time = place.get("month") or place.get("quarter")
            yield (f"cases by {table.name}", *_places(place), *_number(edition, cell, time), *_about(edition))


def _events(edition: Edition) -> Iterator[Values]:
    for event in edition.events:
        yield (event.name, *_number(edition, event.cell, None), *_about(edition))


def _cells(table: Table) -> Iterator[tuple[Mapping[str, str | None], Cell]]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            yield {table.rows_by: row.category} | ({} if table.columns_by is None else {table.columns_by: column}), cell


def _places(place: Mapping[str, str | None]) -> Values:
    return tuple(place.get(dimension) or ALL for dimension in BROKEN_DOWN_BY)


def _number(edition: Edition, cell: Cell, time: str | None) -> Values:
    start, end = (edition.period.start, edition.period.end) if time is None else days_of(time)
    return start.isoformat(), end.isoformat(), cell.value, None if cell.gap is None else cell.gap.value


def _about(edition: Edition) -> Values:
    return edition.organisation, edition.made_on.isoformat(), RULE
