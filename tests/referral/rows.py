"""Rows for any schema: a database is filled by what it says of itself, so that a new table needs no new code here."""

import datetime as dt
import secrets
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, MetaData, Table, select, types

from referral.crypto.sealed import Sealed
from referral.models.base import SealedBlob, UtcTime

Rows = dict[str, list[dict[str, Any]]]
NOT_OURS = "alembic_version"
EACH = 2


def tables(connection: Connection) -> list[Table]:
    """Return our tables as they are now, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != NOT_OURS]


def fill(
    connection: Connection,
    *,
    of: Sequence[Table] | None = None,
    given: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> Rows:
    """Put two rows into every table and return them; the first refer to the first of other tables, the second to the
    second. `given` has the values of a `table.column` that must be something."""
    made: Rows = {}
    for table in tables(connection) if of is None else of:
        made[table.name] = [_row(table, number, made, given) for number in range(EACH)]
        connection.execute(table.insert(), made[table.name])
    return made


def content(connection: Connection) -> Rows:
    """Return everything that is stored."""
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables(connection)
    }


def common(rows: Rows, other: Rows) -> Rows:
    """Return the rows with those tables and columns only that both have, in an order of their own."""
    return {name: _sorted(rows[name], _columns(rows[name]) & _columns(other[name])) for name in rows if name in other}


def _columns(rows: list[dict[str, Any]]) -> set[str]:
    return set(rows[0]) if rows else set()


def _sorted(rows: list[dict[str, Any]], columns: Collection[str]) -> list[dict[str, Any]]:
    chosen = [{name: row[name] for name in sorted(columns)} for row in rows]
    return sorted(chosen, key=repr)


def _row(table: Table, number: int, made: Rows, given: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    row = {column.name: _value(column, number) for column in table.columns}
    for constraint in table.foreign_key_constraints:
        target = made.get(constraint.referred_table.name)
        if target is not None:  # else a table that refers to itself
            row |= {element.parent.name: target[number][element.column.name] for element in constraint.elements}
    return row | {name: given[key][number] for name in row if (key := f"{table.name}.{name}") in given}


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, SealedBlob):
        return Sealed(secrets.token_bytes(60))
    if isinstance(kind, UtcTime | types.DateTime):
        return dt.datetime(2026, 11, 24, 10, number, tzinfo=dt.UTC)
    if isinstance(kind, types.Enum):
        return list(kind.enum_class or kind.enums)[number]
    if isinstance(kind, types.Uuid):
        return uuid4()
    if isinstance(kind, types.CHAR):  # a UUID on SQLite
        return uuid4().hex
    if isinstance(kind, types.LargeBinary):
        return secrets.token_bytes(32)
    if isinstance(kind, types.Boolean):
        return bool(number % 2)
    if isinstance(kind, types.Integer):
        return number + 1
    if isinstance(kind, types.Date):
        return dt.date(2026, 11, 24 + number)
    if isinstance(kind, types.String):
        return f"{number}{column.name}"[: kind.length]
    raise TypeError(f"{column} is of a kind that no rows are made of yet.")
