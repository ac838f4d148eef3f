"""Alembic's environment: one connection of our own engine."""

from alembic import context
from sqlalchemy import Connection

from referral.db import engine_for
from referral.models import Base


def run() -> None:
    """Run the migrations in one transaction."""
    engine = engine_for(context.config.attributes["url"])
    with engine.connect() as connection:
        _allow_new_tables(connection)
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
            _check_references(connection)
    engine.dispose()


def _allow_new_tables(connection: Connection) -> None:
    """SQLite changes a table by making it anew, which would offend what refers to it; not possible in a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("A migration left a row that refers to nothing. The database is as it was before.")


run()
