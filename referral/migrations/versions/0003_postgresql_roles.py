"""Roles, rights and row level security on PostgreSQL; nothing on SQLite."""

from alembic import op

from referral.access.install import give_rights, take_rights

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    give_rights(op.get_bind(), revision)


def downgrade() -> None:
    take_rights(op.get_bind())
