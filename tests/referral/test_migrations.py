"""The schema: models and migrations say the same, and each step can be undone, with data, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from referral import engine_for, upgrade_schema
from referral.models import Base
from referral.schema import alembic_config, downgrade_schema
from tests.referral import rows

SCRIPTS = ScriptDirectory.from_config(alembic_config(""))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
STEPS = list(zip(["base", *REVISIONS], REVISIONS, strict=False))


def table_names(url: str) -> set[str]:
    """Return the tables that there are now."""
    engine = engine_for(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def stored(url: str, *, fill: bool = False) -> rows.Rows:
    """Return everything that is stored, after some rows were put into every table."""
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            if fill:
                rows.fill(connection)
            return rows.content(connection)
    finally:
        engine.dispose()


def test_head_is_one_and_equals_the_models(bare_url: str) -> None:
    upgrade_schema(bare_url)
    assert len(SCRIPTS.get_heads()) == 1
    engine = engine_for(bare_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_up_down_up(bare_url: str) -> None:
    upgrade_schema(bare_url)
    tables = table_names(bare_url)
    downgrade_schema(bare_url, "base")
    assert table_names(bare_url) == {"alembic_version"}
    upgrade_schema(bare_url)
    assert table_names(bare_url) == tables
    command.check(alembic_config(bare_url))


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_step_down_and_up_again_leaves_what_was_written_after_it(bare_url: str, before: str, after: str) -> None:
    upgrade_schema(bare_url, after)
    written = stored(bare_url, fill=True)
    assert all(written.values())
    downgrade_schema(bare_url, before)
    below = stored(bare_url)
    assert rows.common(below, written) == rows.common(written, below)
    upgrade_schema(bare_url, after)
    again = stored(bare_url)
    assert rows.common(again, below) == rows.common(below, again)


@pytest.mark.parametrize(("before", "after"), STEPS[1:])
def test_a_step_up_and_down_again_leaves_what_was_written_before_it(bare_url: str, before: str, after: str) -> None:
    upgrade_schema(bare_url, before)
    written = stored(bare_url, fill=True)
    assert all(written.values())
    upgrade_schema(bare_url, after)
    above = stored(bare_url)
    assert rows.common(above, written) == rows.common(written, above)
    downgrade_schema(bare_url, before)
    assert stored(bare_url) == written
