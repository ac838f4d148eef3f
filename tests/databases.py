"""The case database of one test, on SQLite or on PostgreSQL, as each process reaches it."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url, text

from bot.paths import ROOT
from referral import checkpoint, engine_for, upgrade_schema
from referral.access.roles import Role
from tests.postgres import Cluster

ROLES_FILE = ROOT / "deploy" / "postgresql-roles.sql"
KINDS = ("sqlite", "postgresql")
SQLITE_FILE = "korpu.db"
OWNER = "korpu_owner"
LOGINS = {
    Role.BOT: "korpu_actions_login",
    Role.RELAY: "korpu_gateway_login",
    Role.CONSOLE: "korpu_console_login",
    Role.JANITOR: "korpu_janitor_login",
}


@dataclass(frozen=True)
class Database:
    """One engine for each role; on SQLite, which knows no roles, they are all the same one.

    `tables` reads all bytes of the tables on the disk, `everything` those of logs of any kind too.
    """

    tables: Callable[[], bytes]
    everything: Callable[[], bytes]
    owner: Engine
    bot: Engine
    relay: Engine
    console: Engine
    janitor: Engine

    def tidy(self) -> None:
        """Do what takes deleted content off the disk: the janitor's part on SQLite, the operator's on PostgreSQL."""
        if self.owner.dialect.name == "sqlite":
            assert checkpoint(self.owner)
            return
        with self.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM FULL"))

    def dispose(self) -> None:
        """Close all connections."""
        for engine in (self.owner, self.bot, self.relay, self.console, self.janitor):
            engine.dispose()


@contextlib.contextmanager
def sqlite_database(folder: Path, template: Path) -> Iterator[Database]:
    """Give a copy of the template in a folder."""
    file = folder / SQLITE_FILE
    engine = engine_for(f"sqlite:///{file}")  # makes the file, for its owner only
    file.write_bytes(template.read_bytes())

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in folder.glob(f"{SQLITE_FILE}*"))

    database = Database(files, files, engine, engine, engine, engine, engine)
    try:
        yield database
    finally:
        database.dispose()


@contextlib.contextmanager
def postgresql_database(cluster: Cluster, copy: Callable[[], AbstractContextManager[str]]) -> Iterator[Database]:
    """Give a copy of a database as each process reaches it."""
    with copy() as name, reached(cluster, name) as database:
        yield database


@contextlib.contextmanager
def reached(cluster: Cluster, name: str) -> Iterator[Database]:
    """Give a database as each process reaches it: with its own login."""
    engines = [engine_for(cluster.url(name, login)) for login in (OWNER, *LOGINS.values())]
    database = Database(lambda: cluster.bytes_of(name), cluster.all_bytes, *engines)
    try:
        yield database
    finally:
        database.dispose()


def make_roles(cluster: Cluster) -> None:
    """Do what an operator does once (docs/operators.md): the group roles, an owner, a login for each process."""
    cluster.execute(ROLES_FILE.read_text(encoding="utf-8"), f"CREATE ROLE {OWNER} LOGIN")
    cluster.execute(*(f"CREATE ROLE {login} LOGIN IN ROLE {role}" for role, login in LOGINS.items()))


@contextlib.contextmanager
def migrated_template(cluster: Cluster) -> Iterator[str]:
    """Give the name of a database with the present schema, made by an owner who is no superuser."""
    with cluster.database(owner=OWNER) as name:
        upgrade_schema(cluster.url(name, OWNER))
        yield name


def address(engine: Engine) -> str:
    """Return the address of a database for another process."""
    return make_url(engine.url).render_as_string(hide_password=False)
