"""Everything binary that is stored, with what it means and to which case it belongs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Column, LargeBinary, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from referral.crypto import Sealed
from referral.models import Base
from tests.referral.matrix.contents import COLUMNS, GATEWAY_COLUMNS, Content


class Blob(NamedTuple):
    """One value: where it stands, what it means, of which case it is; `bound` is what it is encrypted together with."""

    column: str
    value: bytes
    content: Content
    case: str | None = None
    bound: bytes = b""

    def __repr__(self) -> str:
        return f"Blob({self.column})"


def binary_columns() -> dict[str, Column[object]]:
    """Return every column that can hold bytes, by its name."""
    return {
        f"{table.name}.{column.name}": column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type.impl if isinstance(column.type, TypeDecorator) else column.type, LargeBinary)
    }


def stored(session: Session) -> frozenset[Blob]:
    """Return everything binary in the case database."""
    return frozenset(blob for name, column in binary_columns().items() for blob in _of_column(session, name, column))


def in_gateway(path: Path) -> frozenset[Blob]:
    """Return what the gateway keeps in its own file."""
    with closing(sqlite3.connect(path)) as database:
        chats = database.execute("SELECT sender, box FROM chat").fetchall()
        kept = database.execute("SELECT update_id, box FROM kept").fetchall()
    found = [("chat.box", str(sender), box) for sender, box in chats]
    found += [("kept.box", str(update_id), box) for update_id, box in kept]
    return frozenset(Blob(name, box, GATEWAY_COLUMNS[name], bound=bound.encode()) for name, bound, box in found)


def in_key_file(path: Path) -> frozenset[Blob]:
    """Return the case keys of a backup's file of keys."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT case_id, sealed_key FROM case_key").fetchall()
    return frozenset(Blob("case_key.sealed_key", key, Content.CASE_KEY, case) for case, key in rows)


def _of_column(session: Session, name: str, column: Column[object]) -> Iterator[Blob]:
    table = column.table.columns
    case, author = table.get("case_id"), table.get("staff_id")
    wanted = [column, *(other for other in (case, author) if other is not None)]
    for value, *others in session.execute(select(*wanted)).tuples():
        if value is None:
            continue
        own = dict(zip(("case" if case is not None else "author", "author"), others, strict=False))
        written_by_staff = name in {"case_field.sealed", "case_message.sealed"} and own.get("author") is not None
        content = Content.STAFF if written_by_staff else COLUMNS[name]
        yield Blob(
            name, value.blob if isinstance(value, Sealed) else bytes(value), content, _hexadecimal(own.get("case"))
        )


def _hexadecimal(case_id: object) -> str | None:
    return case_id.hex if isinstance(case_id, UUID) else None
