"""Rows for any schema: a database is filled by what it says of itself, so that a new table needs no new code here."""

import datetime as dt
import secrets
from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, MetaData, Table, select, types

Rows = dict[str, list[dict[str, Any]]]
NOT_OURS = "alembic_version"


def tables(connection: Connection) -> list[Table]:
    """Return our tables as they are now, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != NOT_OURS]


def fill(connection: Connection, *, each: int = 2) -> None:
    """Put some rows into every table."""
    made: dict[str, list[dict[str, Any]]] = {}
    for table in tables(connection):
        made[table.name] = [_row(table, number, made) for number in range(each)]
        connection.execute(table.insert(), made[table.name])


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


def _row(table: Table, number: int, made: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    row = {column.name: _value(column, number) for column in table.columns}
    for constraint in table.foreign_key_constraints:
        target = made.get(constraint.referred_table.name)
        if target is not None:  # else a table that refers to itself
            row |= {element.parent.name: target[number][element.column.name] for element in constraint.elements}
    return row


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, types.Uuid):
        return uuid4()
    if isinstance(kind, types.CHAR):  # a UUID on SQLite
        return uuid4().hex
    if isinstance(kind, types.LargeBinary):
        return secrets.token_bytes(60)
    if isinstance(kind, types.Boolean):
        return bool(number % 2)
    if isinstance(kind, types.Integer):
        return number + 1
    if isinstance(kind, types.DateTime):
        return dt.datetime(2026, 11, 24, 10, number, tzinfo=dt.UTC)
    if isinstance(kind, types.Date):
        return dt.date(2026, 11, 24 + number)
    if isinstance(kind, types.String):
        return f"{number}{column.name}"[: kind.length]
    raise TypeError(f"{column} is of a kind that no rows are made of yet.")
