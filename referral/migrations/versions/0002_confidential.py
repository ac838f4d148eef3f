"""Keys with recovery, escrow and certificates; consent with scope and end; sharing, holds, deadlines, people on call.

Rows from before get values that say so: no certificate and no key of recovery (`korpu doctor` names them).
"""

import sqlalchemy as sa
from alembic import op

from referral.models.base import SealedBlob, UtcTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


SCOPE = sa.Enum('OWN', 'MINOR', 'GUARDIAN', 'PROXY', name='consentscope', native_enum=False, length=20)
STAFF_BYTES = ('recovery_salt', 'recovery_hash', 'recovery_locked_key', 'verify_key', 'certificate')
HOLDERS = (  # until now every holder belonged to the organisation of the case
    "UPDATE case_key SET organisation_id = "
    "(SELECT organisation_id FROM case_record WHERE case_record.case_id = case_key.case_id)",
    "UPDATE case_key SET epoch = (SELECT epoch FROM case_record WHERE case_record.case_id = case_key.case_id) "
    "WHERE EXISTS (SELECT 1 FROM case_record WHERE case_record.case_id = case_key.case_id "
    "AND case_record.organisation_id = case_key.holder_id)",
)


def _add(table: str, *columns: tuple[str, sa.types.TypeEngine, str]) -> None:
    """Add columns that must not be empty; the value for old rows is no default for new ones."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind, value in columns:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(value)))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind, _value in columns:
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def upgrade() -> None:
    op.create_table('escrow_share',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('pair', sa.String(length=2), nullable=False),
    sa.Column('sealed', SealedBlob(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_escrow_share_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('organisation_id', 'epoch', 'pair', name=op.f('pk_escrow_share'))
    )
    op.create_table('staff_route',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('route_tag', sa.LargeBinary(), nullable=False),
    sa.Column('route_box', sa.LargeBinary(), nullable=False),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_route_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_route_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_route')),
    sa.UniqueConstraint('staff_id', name=op.f('uq_staff_route_staff_id'))
    )
    with op.batch_alter_table('staff_route', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_route_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_route_route_tag'), ['route_tag'], unique=False)

    op.create_table('case_deadline',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('respond_by', UtcTime(timezone=True), nullable=False),
    sa.Column('reminded_at', UtcTime(timezone=True), nullable=True),
    sa.Column('escalated_at', UtcTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_deadline_case_id_case_record')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_case_deadline_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_deadline'))
    )
    with op.batch_alter_table('case_deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_deadline_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_deadline_respond_by'), ['respond_by'], unique=False)

    op.create_table('case_hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Enum('PERSON_ASKED', 'COURT', 'INVESTIGATION', 'COMPLAINT', name='holdreason', native_enum=False, length=40), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('placed_day', sa.Date(), nullable=False),
    sa.Column('until_day', sa.Date(), nullable=False),
    sa.Column('lifted_day', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_hold_case_id_case_record')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_hold_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_hold'))
    )
    with op.batch_alter_table('case_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_hold_case_id'), ['case_id'], unique=False)

    op.create_table('consent_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.String(length=80), nullable=False),
    sa.Column('purpose', sa.String(length=80), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('asked_day', sa.Date(), nullable=False),
    sa.Column('expires_day', sa.Date(), nullable=False),
    sa.Column('answer', sa.Enum('GIVEN', 'REFUSED', name='consentanswer', native_enum=False, length=20), nullable=True),
    sa.Column('answered_day', sa.Date(), nullable=True),
    sa.Column('sealed', SealedBlob(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_consent_request_case_id_case_record')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_consent_request_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_request'))
    )
    with op.batch_alter_table('consent_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_request_case_id'), ['case_id'], unique=False)

    op.create_table('legal_override',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.String(length=80), nullable=False),
    sa.Column('purpose', sa.String(length=80), nullable=False),
    sa.Column('basis', sa.Enum('VITAL_INTEREST', 'CHILD_BEST_INTEREST', 'LEGAL_OBLIGATION', 'COURT_ORDER', name='legalbasis', native_enum=False, length=40), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sealed', SealedBlob(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_legal_override_case_id_case_record')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_legal_override_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_override'))
    )
    with op.batch_alter_table('legal_override', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_override_case_id'), ['case_id'], unique=False)

    op.create_table('staff_alert',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('staff_route_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('detail', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('WAITING', 'NOTIFIED', 'SENT', 'FAILED', 'EXPIRED', name='outboxstate', native_enum=False, length=20), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try', UtcTime(timezone=True), nullable=False),
    sa.Column('expires_at', UtcTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_alert_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['staff_route_id'], ['staff_route.id'], name=op.f('fk_staff_alert_staff_route_id_staff_route')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_alert'))
    )
    with op.batch_alter_table('staff_alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_alert_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_alert_staff_route_id'), ['staff_route_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_alert_state'), ['state'], unique=False)

    op.create_table('case_referral',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('REFERRAL', 'TRANSFER', name='sharingkind', native_enum=False, length=20), nullable=False),
    sa.Column('from_organisation_id', sa.Uuid(), nullable=False),
    sa.Column('to_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('provider', sa.String(length=80), nullable=True),
    sa.Column('status', sa.Enum('IN_PROGRESS', 'ACCEPTED', 'REJECTED', 'DONE', 'REVOKED', name='sharingstatus', native_enum=False, length=20), nullable=False),
    sa.Column('consent_id', sa.Uuid(), nullable=True),
    sa.Column('override_id', sa.Uuid(), nullable=True),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.Column('sealed', SealedBlob(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_day', sa.Date(), nullable=True),
    sa.Column('answer_sealed', SealedBlob(), nullable=True),
    sa.Column('answer_signature', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_referral_case_id_case_record')),
    sa.ForeignKeyConstraint(['consent_id'], ['consent_record.id'], name=op.f('fk_case_referral_consent_id_consent_record')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_case_referral_decided_by_staff')),
    sa.ForeignKeyConstraint(['from_organisation_id'], ['organisation.id'], name=op.f('fk_case_referral_from_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['override_id'], ['legal_override.id'], name=op.f('fk_case_referral_override_id_legal_override')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_referral_staff_id_staff')),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisation.id'], name=op.f('fk_case_referral_to_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_referral'))
    )
    with op.batch_alter_table('case_referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_referral_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_referral_from_organisation_id'), ['from_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_referral_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_referral_to_organisation_id'), ['to_organisation_id'], unique=False)

    with op.batch_alter_table('case_field', schema=None) as batch_op:
        batch_op.add_column(sa.Column('staff_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_case_field_staff_id_staff'), 'staff', ['staff_id'], ['id'])

    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.add_column(sa.Column('epoch', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('organisation_id', sa.Uuid(), nullable=True))
    for statement in HOLDERS:
        op.execute(statement)
    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.alter_column('organisation_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_case_key_organisation_id_organisation'), 'organisation', ['organisation_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_case_key_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expires_day', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('scope', SCOPE, nullable=True))
        batch_op.add_column(sa.Column('staff_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_consent_record_staff_id_staff'), 'staff', ['staff_id'], ['id'])
    year = "given_day + 365" if op.get_bind().dialect.name == "postgresql" else "date(given_day, '+365 days')"
    op.execute(f"UPDATE consent_record SET expires_day = {year}, scope = 'OWN'")
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.alter_column('expires_day', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('scope', existing_type=SCOPE, nullable=False)

    nothing = "''" if op.get_bind().dialect.name == "postgresql" else "x''"
    _add('organisation', ('hours_danger', sa.Integer(), '1'), ('hours_concern', sa.Integer(), '24'), ('hours_normal', sa.Integer(), '72'))
    _add('organisation_key', ('verify_key', sa.LargeBinary(), nothing))
    _add('outbox', ('kind', sa.String(length=20), "'reply'"))
    _add('staff', *((name, sa.LargeBinary(), nothing) for name in STAFF_BYTES), ('certificate_epoch', sa.Integer(), '0'))
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pairing_tag', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('pairing_until', UtcTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_staff_pairing_tag'), ['pairing_tag'])


def downgrade() -> None:
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_staff_pairing_tag'), type_='unique')
        batch_op.drop_column('pairing_until')
        batch_op.drop_column('pairing_tag')
        batch_op.drop_column('certificate_epoch')
        batch_op.drop_column('certificate')
        batch_op.drop_column('verify_key')
        batch_op.drop_column('recovery_locked_key')
        batch_op.drop_column('recovery_hash')
        batch_op.drop_column('recovery_salt')

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('kind')

    with op.batch_alter_table('organisation_key', schema=None) as batch_op:
        batch_op.drop_column('verify_key')

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('hours_normal')
        batch_op.drop_column('hours_concern')
        batch_op.drop_column('hours_danger')

    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_consent_record_staff_id_staff'), type_='foreignkey')
        batch_op.drop_column('staff_id')
        batch_op.drop_column('scope')
        batch_op.drop_column('expires_day')

    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_key_organisation_id'))
        batch_op.drop_constraint(batch_op.f('fk_case_key_organisation_id_organisation'), type_='foreignkey')
        batch_op.drop_column('organisation_id')
        batch_op.drop_column('epoch')

    with op.batch_alter_table('case_field', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_field_staff_id_staff'), type_='foreignkey')
        batch_op.drop_column('staff_id')

    with op.batch_alter_table('case_referral', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_referral_to_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_case_referral_status'))
        batch_op.drop_index(batch_op.f('ix_case_referral_from_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_case_referral_case_id'))

    op.drop_table('case_referral')
    with op.batch_alter_table('staff_alert', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_alert_state'))
        batch_op.drop_index(batch_op.f('ix_staff_alert_staff_route_id'))
        batch_op.drop_index(batch_op.f('ix_staff_alert_organisation_id'))

    op.drop_table('staff_alert')
    with op.batch_alter_table('legal_override', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_legal_override_case_id'))

    op.drop_table('legal_override')
    with op.batch_alter_table('consent_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_request_case_id'))

    op.drop_table('consent_request')
    with op.batch_alter_table('case_hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_hold_case_id'))

    op.drop_table('case_hold')
    with op.batch_alter_table('case_deadline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_deadline_respond_by'))
        batch_op.drop_index(batch_op.f('ix_case_deadline_organisation_id'))

    op.drop_table('case_deadline')
    with op.batch_alter_table('staff_route', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_route_route_tag'))
        batch_op.drop_index(batch_op.f('ix_staff_route_organisation_id'))

    op.drop_table('staff_route')
    op.drop_table('escrow_share')
