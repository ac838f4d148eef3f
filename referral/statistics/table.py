"""Tables as a page or a file shows them: plain values, and for each gap its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import pairwise

from referral.statistics.dimensions import TOPIC, Dimension
from referral.statistics.layers import Layer
from referral.statistics.network import Key


@unique
class Gap(StrEnum):
    """Why a number is not shown."""

    FEW = "fewer_than_11"
    WITHHELD = "withheld"  # itself small or a cover for others: which of the two is not told


@dataclass(frozen=True)
class Cell:
    """A number, or None and the reason."""

    value: int | None
    gap: Gap | None = None


@dataclass(frozen=True)
class Row:
    """The cells of one category; None stands for all categories together."""

    category: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows of one dimension; columns of another, or the one column None: all. The last row and column are totals."""

    rows_by: str
    columns_by: str | None
    columns: tuple[str | None, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Return a short name: `topic`, `topic_by_language`."""
        return self.rows_by if self.columns_by is None else f"{self.rows_by}_by_{self.columns_by}"


def tables(layers: Sequence[Layer], shown: Mapping[Key, int], total: int) -> tuple[Table, ...]:
    """Return all tables of a chain; what is not in `shown` is withheld. The total must be there to be shown."""
    cells = {frozenset(key): Cell(value) for key, value in shown.items()} | {frozenset(): Cell(total)}
    alone = tuple(_table(cells, layer.dimension, None) for layer in layers)
    pairs = ((one.dimension, other.dimension) for one, other in pairwise(layers) if one.table)
    return alone + tuple(_table(cells, *sorted(pair, key=lambda dimension: dimension != TOPIC)) for pair in pairs)


def _table(cells: Mapping[frozenset[tuple[str, str]], Cell], by: Dimension, across: Dimension | None) -> Table:
    columns: tuple[str | None, ...] = (None,) if across is None else (*across.categories, None)

    def cell(category: str | None, column: str | None) -> Cell:
        parts = {(by.name, category), ("" if across is None else across.name, column)}
        key = frozenset((name, value) for name, value in parts if value is not None)
        return cells.get(key, Cell(None, Gap.WITHHELD))

    rows = tuple(Row(place, tuple(cell(place, column) for column in columns)) for place in (*by.categories, None))
    return Table(by.name, None if across is None else across.name, columns, rows)
