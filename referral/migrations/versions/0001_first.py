"""The first schema; the audit log refuses changes even by the owner of the database."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER audit_event_no_{act.lower()} BEFORE {act} ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for act in ("UPDATE", "DELETE")
)
POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
)


def _refuse_changes_of_the_log() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def upgrade() -> None:
    op.create_table('audit_event',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('object_id', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_object_id'), ['object_id'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    op.create_table('tombstone',
    sa.Column('case_hash', sa.LargeBinary(), nullable=False),
    sa.Column('erased_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('case_hash', name=op.f('pk_tombstone'))
    )
    op.create_table('organisation_key',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.Column('retired_day', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_key_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('organisation_id', 'epoch', name=op.f('pk_organisation_key'))
    )
    op.create_table('staff',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('login', sa.String(length=80), nullable=False),
    sa.Column('role', sa.Enum('INTAKE', 'CASEWORKER', 'SUPERVISOR', 'EDITOR', name='staffrole', native_enum=False, length=20), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('kdf_operations', sa.Integer(), nullable=False),
    sa.Column('kdf_memory', sa.Integer(), nullable=False),
    sa.Column('login_hash', sa.LargeBinary(), nullable=False),
    sa.Column('locked_private_key', sa.LargeBinary(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('failed_tries', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('login', name=op.f('uq_staff_login'))
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('case_record',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('submission_hash', sa.LargeBinary(), nullable=False),
    sa.Column('code_tag', sa.LargeBinary(), nullable=False),
    sa.Column('reply_public_key', sa.LargeBinary(), nullable=False),
    sa.Column('status', sa.Enum('NEW', 'ACCEPTED', 'IN_PROGRESS', 'DONE', 'REJECTED', 'REVOKED', name='referralstatus', native_enum=False, length=20), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('created_day', sa.Date(), nullable=False),
    sa.Column('last_activity_day', sa.Date(), nullable=False),
    sa.Column('purge_day', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id', 'epoch'], ['organisation_key.organisation_id', 'organisation_key.epoch'], name=op.f('fk_case_record_organisation_id_organisation_key')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_case_record_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['owner_id'], ['staff.id'], name=op.f('fk_case_record_owner_id_staff')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_record')),
    sa.UniqueConstraint('code_tag', name=op.f('uq_case_record_code_tag')),
    sa.UniqueConstraint('submission_hash', name=op.f('uq_case_record_submission_hash'))
    )
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_record_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_record_purge_day'), ['purge_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_record_status'), ['status'], unique=False)

    op.create_table('organisation_key_grant',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_key', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_key_grant_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_organisation_key_grant_staff_id_staff')),
    sa.PrimaryKeyConstraint('organisation_id', 'epoch', 'staff_id', name=op.f('pk_organisation_key_grant'))
    )
    op.create_table('case_field',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_field_case_id_case_record')),
    sa.PrimaryKeyConstraint('case_id', 'field', 'seq', name=op.f('pk_case_field'))
    )
    op.create_table('case_key',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('holder_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_key', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_key_case_id_case_record')),
    sa.PrimaryKeyConstraint('case_id', 'holder_id', name=op.f('pk_case_key'))
    )
    op.create_table('case_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('direction', sa.Enum('FROM_PERSON', 'FROM_STAFF', name='direction', native_enum=False, length=20), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('message_hash', sa.LargeBinary(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=True),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_case_message_case_id_case_record')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_message_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_message')),
    sa.UniqueConstraint('message_hash', name=op.f('uq_case_message_message_hash'))
    )
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_message_case_id'), ['case_id'], unique=False)

    op.create_table('consent_record',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('wording_version', sa.String(length=40), nullable=False),
    sa.Column('recipient', sa.String(length=80), nullable=False),
    sa.Column('purpose', sa.String(length=80), nullable=False),
    sa.Column('given_day', sa.Date(), nullable=False),
    sa.Column('withdrawn_day', sa.Date(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_consent_record_case_id_case_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_record'))
    )
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_record_case_id'), ['case_id'], unique=False)

    op.create_table('route',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('route_tag', sa.LargeBinary(), nullable=False),
    sa.Column('route_box', sa.LargeBinary(), nullable=False),
    sa.Column('expires_day', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_route_case_id_case_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_route')),
    sa.UniqueConstraint('case_id', name=op.f('uq_route_case_id'))
    )
    with op.batch_alter_table('route', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_route_route_tag'), ['route_tag'], unique=False)

    op.create_table('staff_notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_staff_notice_case_id_case_record')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_notice_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_notice'))
    )
    with op.batch_alter_table('staff_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_notice_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_notice_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('route_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('state', sa.Enum('WAITING', 'SENT', 'FAILED', 'EXPIRED', name='outboxstate', native_enum=False, length=20), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_outbox_case_id_case_record')),
    sa.ForeignKeyConstraint(['message_id'], ['case_message.id'], name=op.f('fk_outbox_message_id_case_message')),
    sa.ForeignKeyConstraint(['route_id'], ['route.id'], name=op.f('fk_outbox_route_id_route')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_id'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_state'), ['state'], unique=False)

    op.create_table('pull_reply',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('read_day', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.case_id'], name=op.f('fk_pull_reply_case_id_case_record')),
    sa.ForeignKeyConstraint(['message_id'], ['case_message.id'], name=op.f('fk_pull_reply_message_id_case_message')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pull_reply')),
    sa.UniqueConstraint('message_id', name=op.f('uq_pull_reply_message_id'))
    )
    with op.batch_alter_table('pull_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pull_reply_case_id'), ['case_id'], unique=False)
    _refuse_changes_of_the_log()


def downgrade() -> None:
    with op.batch_alter_table('pull_reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pull_reply_case_id'))

    op.drop_table('pull_reply')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_state'))
        batch_op.drop_index(batch_op.f('ix_outbox_case_id'))

    op.drop_table('outbox')
    with op.batch_alter_table('staff_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_notice_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_staff_notice_case_id'))

    op.drop_table('staff_notice')
    with op.batch_alter_table('route', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_route_route_tag'))

    op.drop_table('route')
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_record_case_id'))

    op.drop_table('consent_record')
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_message_case_id'))

    op.drop_table('case_message')
    op.drop_table('case_key')
    op.drop_table('case_field')
    op.drop_table('organisation_key_grant')
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_record_status'))
        batch_op.drop_index(batch_op.f('ix_case_record_purge_day'))
        batch_op.drop_index(batch_op.f('ix_case_record_organisation_id'))

    op.drop_table('case_record')
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_organisation_id'))

    op.drop_table('staff')
    op.drop_table('organisation_key')
    op.drop_table('tombstone')
    op.drop_table('organisation')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_object_id'))

    op.drop_table('audit_event')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_event_refuse()")
