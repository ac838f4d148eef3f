"""Alembic's environment: one connection of our own engine."""

from alembic import context

from referral.db import engine_for
from referral.models import Base


def run() -> None:
    """Run the migrations in one transaction."""
    engine = engine_for(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
