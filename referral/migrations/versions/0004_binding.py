"""The bot's signature over what belongs to a case; numbers of consents as large as Telegram's update numbers.

A case from before has none and cannot be answered any more; there were no cases with certified keys before.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('binding', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.alter_column('seq', existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.alter_column('seq', existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=False)
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.drop_column('binding')
