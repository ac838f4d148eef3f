"""A reader who wants to know what is withheld: takes an edition, and nothing else, and solves it for every gap.

Shares no code with what it attacks.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from referral.statistics import Edition, Table

Place: TypeAlias = frozenset[tuple[str, str]]
Sum: TypeAlias = tuple[list[Place], Place]  # the parts, and the place that they add up to
STATUSES = ("new", "accepted", "in_progress", "done", "rejected", "revoked")
ANSWERS = ("in_time", "late", "still_open")


class Attacker:
    """Everything that can be read off an edition, as equations between places."""

    def __init__(self, edition: Edition) -> None:
        self.shown: dict[Place, int] = {}
        gaps: set[Place] = set()
        for table in edition.tables:
            for place, value in numbers(table):
                if value is None:
                    gaps.add(place)
                else:
                    assert self.shown.setdefault(place, value) == value, "two tables differ"
        assert not gaps & set(self.shown), "one table shows what another withholds"
        self.gaps = sorted(gaps, key=sorted)
        self.sums = [found for table in edition.tables for found in sums(table)] + list(common_knowledge(edition))
        unknown = {place for parts, whole in self.sums for place in (*parts, whole) if place not in self.shown}
        self.column = {place: at for at, place in enumerate(sorted(unknown, key=sorted))}
        self.equations = self._equations()

    def _equations(self) -> LinearConstraint:
        matrix, right = np.zeros((len(self.sums), len(self.column))), np.zeros(len(self.sums))
        for row, (parts, whole) in enumerate(self.sums):
            for place, sign in [(whole, -1), *((part, 1) for part in parts)]:
                if place in self.column:
                    matrix[row, self.column[place]] += sign
                else:
                    right[row] -= sign * self.shown[place]
        return LinearConstraint(matrix, right, right)

    def bounds(self, place: Place) -> tuple[int, int]:
        """Return the smallest and the largest whole number that can stand in a gap."""
        goal = np.zeros(len(self.column))
        goal[self.column[place]] = 1
        return self._least(goal), -self._least(-goal)

    def _least(self, goal: npt.NDArray[np.float64]) -> int:
        found = milp(goal, constraints=self.equations, integrality=np.ones(len(goal)), bounds=Bounds(0, np.inf))
        assert found.status == 0, found.message
        return round(float(found.fun))


def numbers(table: Table) -> Iterator[tuple[Place, int | None]]:
    """Yield every number of a table with what it counts."""
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            yield _place(table, row.category, column), cell.value


def sums(table: Table) -> Iterator[Sum]:
    """Yield every row and every column of a table with its total."""
    rows = [row.category for row in table.rows]
    for column in table.columns:
        yield [_place(table, row, column) for row in rows if row is not None], _place(table, None, column)
    for row in rows if table.columns_by else ():
        yield [_place(table, row, column) for column in table.columns if column is not None], _place(table, row, None)


def common_knowledge(edition: Edition) -> Iterator[Sum]:
    """Yield what follows from no table: months make quarters, and a new request was not answered in time."""
    pairs = [(status, answer) for status in STATUSES for answer in ANSWERS if (status, answer) != ("new", "in_time")]
    for status in STATUSES:
        yield [_pair(*pair) for pair in pairs if pair[0] == status], frozenset({("status", status)})
    for answer in ANSWERS:
        yield [_pair(*pair) for pair in pairs if pair[1] == answer], frozenset({("answered", answer)})
    for quarter in _categories(edition, "quarter"):
        months = [month for month in _categories(edition, "month") if quarter_of(month) == quarter]
        yield [frozenset({("month", month)}) for month in months], frozenset({("quarter", quarter)})


def _pair(status: str, answer: str) -> Place:
    return frozenset({("status", status), ("answered", answer)})


def _place(table: Table, row: str | None, column: str | None) -> Place:
    parts = [(table.rows_by, row), (table.columns_by or "", column)]
    return frozenset((name, value) for name, value in parts if value is not None)


def _categories(edition: Edition, name: str) -> Sequence[str]:
    rows = [row.category for table in edition.tables if table.name == name for row in table.rows]
    return [row for row in rows if row is not None]


def quarter_of(month: str) -> str:
    """Return the quarter of a month."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
