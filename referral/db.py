"""Engines and sessions, the same on SQLite and PostgreSQL."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, func, make_url, select
from sqlalchemy.orm import Session

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout=15000",
    "PRAGMA journal_mode=WAL",
    # NORMAL would lose the last commits when the power fails: referrals whose codes people already hold.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)


def engine_for(url: str) -> Engine:
    """Return an engine that never shows parameters in errors or logs, whatever they are.

    On SQLite each transaction takes the write lock at its start, so that what it has read stays true until it commits.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql" and parsed.get_driver_name() in {"psycopg2", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, hide_parameters=True)
    if parsed.get_backend_name() == "sqlite":
        _protect(parsed.database)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        event.listen(engine, "handle_error", _on_error)
    return engine


def _protect(database: str | None) -> None:
    if database and database != ":memory:":
        path = Path(database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves: the driver would begin them too late
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_error(context: ExceptionContext) -> None:
    """Keep an error's first line only: below it PostgreSQL quotes the row that it refused."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


@contextmanager
def session_scope(engine: Engine) -> Iterator[Session]:
    """Give a session in one transaction: committed at the end, undone when something is raised."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def scope(
    session: Session, *, organisation: UUID | None = None, login: str = "", proofs: Collection[bytes] = ()
) -> None:
    """Say for whom this transaction acts; what was said before is forgotten.

    On PostgreSQL row level security shows a process' role nothing else (`referral/access/rows.py`): the cases that a
    proof leads to, the tag of a code or of a chat; an organisation's own; the account of a login. The database's owner
    sees everything all the same, and SQLite knows no roles: there this does nothing.
    """
    if is_postgresql(session):
        settings = {
            "app.organisation": "" if organisation is None else str(organisation),
            "app.login": login,
            "app.proof": ",".join(proof.hex() for proof in proofs),
        }
        session.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))


def is_postgresql(session: Session) -> bool:
    """Tell whether the database is a PostgreSQL, which has functions to ask (`referral/access/functions.py`)."""
    return session.get_bind().dialect.name == "postgresql"


def checkpoint(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where deleted content would linger (1,296 hits were measured without this).

    False when somebody was reading or writing all the time, so that it could not be emptied: try again.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    finally:
        connection.close()
    return not busy
