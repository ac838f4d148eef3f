"""An edition as JSON, to be kept as it was published."""

import datetime as dt
from typing import Any

from referral.statistics.edition import Edition, EventCount
from referral.statistics.period import Period
from referral.statistics.table import Cell, Gap, Row, Table

VERSION = 1


def edition_to_json(edition: Edition) -> dict[str, Any]:
    """Return an edition as JSON."""
    return {
        "version": VERSION,
        "organisation": edition.organisation,
        "first": edition.period.first,
        "last": edition.period.last,
        "made_on": edition.made_on.isoformat(),
        "total": _cell(edition.total),
        "tables": [_table(table) for table in edition.tables],
        "events": [{"name": event.name, "cell": _cell(event.cell)} for event in edition.events],
    }


def edition_from_json(raw: dict[str, Any]) -> Edition:
    """Read an edition; raise `ValueError` when another version wrote it."""
    if raw["version"] != VERSION:
        raise ValueError(f"This edition is of version {raw['version']}. Read it with the program that made it.")
    return Edition(
        organisation=raw["organisation"],
        period=Period(raw["first"], raw["last"]),
        made_on=dt.date.fromisoformat(raw["made_on"]),
        total=_cell_from(raw["total"]),
        tables=tuple(_table_from(table) for table in raw["tables"]),
        events=tuple(EventCount(event["name"], _cell_from(event["cell"])) for event in raw["events"]),
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "rows_by": table.rows_by,
        "columns_by": table.columns_by,
        "columns": list(table.columns),
        "rows": [{"category": row.category, "cells": [_cell(cell) for cell in row.cells]} for row in table.rows],
    }


def _table_from(raw: dict[str, Any]) -> Table:
    rows = tuple(Row(row["category"], tuple(_cell_from(cell) for cell in row["cells"])) for row in raw["rows"])
    return Table(raw["rows_by"], raw["columns_by"], tuple(raw["columns"]), rows)


def _cell(cell: Cell) -> int | str | None:
    return cell.value if cell.gap is None else cell.gap.value


def _cell_from(raw: int | str) -> Cell:
    return Cell(None, Gap(raw)) if isinstance(raw, str) else Cell(raw)
