"""Bring a database to the present schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def alembic_config(url: str) -> Config:
    """Return Alembic's configuration; there is no ini file to find."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade_schema(url: str, revision: str = "head") -> None:
    """Run the migrations that are missing."""
    command.upgrade(alembic_config(url), revision)


def downgrade_schema(url: str, revision: str) -> None:
    """Undo migrations down to a revision (`base` for all)."""
    command.downgrade(alembic_config(url), revision)
