"""What readers say of the answers, numbers that do not work, and questions that have no answer."""

import sqlalchemy as sa
from alembic import op

from referral.access.install import give_rights, take_rights
from referral.models.base import SealedBlob

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

RIGHTS_BEFORE = '0003'  # 0004 changed no rights


def upgrade() -> None:
    op.create_table('content_feedback',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('intent', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('helpful', sa.Boolean(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('who', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_feedback')),
    sa.UniqueConstraint('who', name=op.f('uq_content_feedback_who'))
    )
    with op.batch_alter_table('content_feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_feedback_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_content_feedback_intent'), ['intent'], unique=False)

    op.create_table('number_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('intent', sa.String(length=60), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('who', sa.LargeBinary(), nullable=True),
    sa.Column('handled_day', sa.Date(), nullable=True),
    sa.Column('handled_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['handled_by'], ['staff.id'], name=op.f('fk_number_report_handled_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_report')),
    sa.UniqueConstraint('who', 'day', name=op.f('uq_number_report_who'))
    )
    with op.batch_alter_table('number_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_number_report_fact'), ['fact'], unique=False)
        batch_op.create_index(batch_op.f('ix_number_report_handled_day'), ['handled_day'], unique=False)

    op.create_table('content_gap',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.Enum('FALLBACK', 'UNHELPFUL', name='gapkind', native_enum=False, length=20), nullable=False),
    sa.Column('sealed', SealedBlob(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('who', sa.LargeBinary(), nullable=False),
    sa.Column('intent', sa.String(length=60), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_gap'))
    )
    with op.batch_alter_table('content_gap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_gap_day'), ['day'], unique=False)
    give_rights(op.get_bind(), revision)


def downgrade() -> None:
    take_rights(op.get_bind())
    op.drop_table('content_gap')
    op.drop_table('number_report')
    op.drop_table('content_feedback')
    give_rights(op.get_bind(), RIGHTS_BEFORE)
