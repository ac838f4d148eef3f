"""Two organisations, every table, every role, every command: nothing crosses."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine, Table, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from referral.access.roles import Role
from referral.db import engine_for, scope
from referral.enums import Direction, OutboxState, ReferralStatus
from referral.models import Base
from tests.databases import LOGINS, OWNER
from tests.postgres import Cluster
from tests.referral import rows
from tests.referral.postgres.expected import EVERY_COLUMN, EXPECTED, NOTHING, Cell

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
AUDIT = "audit_event"
EVERY_CELL = [pytest.param(table, role, id=f"{table}-{role}") for table in TABLES for role in Role]
GIVEN = {
    "case_record.status": [ReferralStatus.NEW] * 2,
    "case_message.direction": [Direction.FROM_PERSON] * 2,
    "outbox.state": [OutboxState.SENT] * 2,
    "staff_alert.state": [OutboxState.SENT] * 2,
}
FOREIGN_KEYS = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"


@dataclass(frozen=True)
class Two:
    """A database with one row of each of two organisations in every table; the first ones are ours."""

    engines: Mapping[Role, Engine]
    made: rows.Rows

    def reached(self, table: str, cell: Cell, command: str) -> list[dict[str, Any]]:
        """Return the rows that a command reaches."""
        return self.made[table] if command in cell.wide else self.made[table][:1]

    @contextlib.contextmanager
    def acting(self, role: Role, *, in_a_name: bool = True) -> Iterator[Connection]:
        """Give a role's connection, by default in the name of ours; nothing that is done with it stays."""
        with Session(self.engines[role]) as session:
            if in_a_name:
                organisation, login = self.made["organisation"][0]["id"], self.made["staff"][0]["login"]
                scope(session, organisation=organisation, login=login, proofs=self._proofs(role))
            yield session.connection()
            session.rollback()

    def _proofs(self, role: Role) -> list[bytes]:
        known = {
            Role.BOT: ("case_record.code_tag", "tombstone.case_hash", "staff.pairing_tag"),
            Role.RELAY: ("route.route_tag",),
        }
        places = [place.split(".") for place in known.get(role, ())]
        return [self.made[table][0][column] for table, column in places]


@pytest.fixture(scope="module")
def two(cluster: Cluster, template: str) -> Iterator[Two]:
    """Two organisations, in a database without references, so that every row can be removed by itself."""
    with cluster.database(owner=OWNER, template=template) as name:
        owner = engine_for(cluster.url(name, OWNER))
        with owner.begin() as connection:
            made = rows.fill(connection, of=[TABLES[table] for table in TABLES if table != AUDIT], given=GIVEN)
            made |= rows.fill(connection, of=[TABLES[AUDIT]], given=_entries(made))
            for table, constraint in connection.execute(text(FOREIGN_KEYS)).tuples().all():
                connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"'))
        owner.dispose()
        engines = {role: engine_for(cluster.url(name, login)) for role, login in LOGINS.items()}
        yield Two(engines, made)
        for engine in engines.values():
            engine.dispose()


def _entries(made: rows.Rows) -> dict[str, list[str]]:
    """Return log entries of our and of the other organisation's staff, each about their case."""
    objects = [row["case_id"].hex for row in made["case_record"]]
    actors = [row["id"].hex for row in made["staff"]]
    bodies = [
        json.dumps({"actor": actor, "role": "intake", "object": about})
        for actor, about in zip(actors, objects, strict=True)
    ]
    return {f"{AUDIT}.object_id": objects, f"{AUDIT}.body": bodies}


def cell(table: str, role: Role) -> Cell:
    """Return what is expected; fail for a table that nobody has thought of."""
    assert table in EXPECTED, f"Write down in expected.py what each role may do with {table}."
    return EXPECTED[table].get(role, NOTHING)


def taken(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Tell whether a role may put a row there; one that is there already is refused, but not for a missing right."""
    try:
        connection.execute(insert(table).values(row))
    except IntegrityError:
        return True
    except ProgrammingError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            return False
        raise
    return True


def test_every_table_is_expected_and_no_other() -> None:
    assert set(EXPECTED) == set(TABLES)


@pytest.mark.parametrize(("table", "role"), EVERY_CELL)
def test_a_role_sees_its_own_rows_and_its_columns_only(two: Two, table: str, role: Role) -> None:
    expected = cell(table, role)
    for column in TABLES[table].columns:
        with two.acting(role) as connection:
            if expected.see != EVERY_COLUMN and column.name not in expected.see:
                with pytest.raises(ProgrammingError, match="permission denied"):
                    connection.execute(select(column))
                continue
            wanted = [row[column.name] for row in two.reached(table, expected, "see")]
            assert sorted(map(repr, connection.scalars(select(column)))) == sorted(map(repr, wanted))


@pytest.mark.parametrize(("table", "role"), [case for case in EVERY_CELL if case.values[1] is not Role.JANITOR])
def test_a_role_that_acts_for_nobody_sees_no_row_that_is_somebodys(two: Two, table: str, role: Role) -> None:
    expected = cell(table, role)
    for column in TABLES[table].columns:
        if column.name in expected.see or expected.see == EVERY_COLUMN:
            with two.acting(role, in_a_name=False) as connection:
                found = connection.scalars(select(column)).all()
                assert len(found) == (len(two.made[table]) if "see" in expected.wide else 0)


@pytest.mark.parametrize(("table", "role"), EVERY_CELL)
def test_a_role_puts_rows_only_where_it_may(two: Two, table: str, role: Role) -> None:
    expected = cell(table, role)
    for number, row in enumerate(two.made[table]):
        changes = {
            name: value(two.made, number) if callable(value) else value for name, value in expected.as_put.items()
        }
        with two.acting(role) as connection:
            may = expected.put and row in two.reached(table, expected, "put")
            assert taken(connection, TABLES[table], row | changes) == may


@pytest.mark.parametrize(("table", "role"), EVERY_CELL)
def test_a_role_changes_its_own_rows_and_its_columns_only(two: Two, table: str, role: Role) -> None:
    expected = cell(table, role)
    for column in TABLES[table].columns:
        value = {column.name: two.made[table][0][column.name]} | dict(expected.as_changed)
        with two.acting(role) as connection:
            if column.name not in expected.change:
                with pytest.raises(ProgrammingError, match="permission denied"):
                    connection.execute(update(TABLES[table]).values(value))
                continue
            done = connection.execute(update(TABLES[table]).values(value))
            assert done.rowcount == len(two.reached(table, expected, "change"))


@pytest.mark.parametrize(("table", "role"), EVERY_CELL)
def test_a_role_removes_its_own_rows_only(two: Two, table: str, role: Role) -> None:
    expected = cell(table, role)
    with two.acting(role) as connection:
        if not expected.remove:
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(delete(TABLES[table]))
            return
        assert connection.execute(delete(TABLES[table])).rowcount == len(two.reached(table, expected, "remove"))
