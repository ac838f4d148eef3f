"""The schema: models and migrations say the same, and each step can be undone."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from referral import engine_for, upgrade_schema
from referral.models import Base
from referral.schema import alembic_config, downgrade_schema


def test_head_is_one_and_equals_the_models(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade_schema(url)
    assert len(ScriptDirectory.from_config(alembic_config(url)).get_heads()) == 1
    with engine_for(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade_schema(url)
    tables = set(inspect(engine_for(url)).get_table_names())
    downgrade_schema(url, "base")
    assert set(inspect(engine_for(url)).get_table_names()) == {"alembic_version"}
    upgrade_schema(url)
    assert set(inspect(engine_for(url)).get_table_names()) == tables
    command.check(alembic_config(url))
