"""What a process could try that has its role and its own SQL: row level security decides, not our program."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from referral import session_scope
from referral.db import scope
from referral.enums import OutboxState, ReferralStatus, SharingKind, SharingStatus
from referral.models import (
    AuditEvent,
    Base,
    CaseField,
    CaseKey,
    CaseMessage,
    CaseRecord,
    CaseReferral,
    OutboxRow,
    RouteRow,
    Staff,
    StaffRoute,
)
from tests.referral.conftest import code_of
from tests.referral.two import Two, two

__all__ = ["two"]
pytestmark = pytest.mark.databases("postgresql")
CASES = (CaseRecord, CaseKey, CaseField, CaseReferral)


@contextmanager
def refused() -> Iterator[None]:
    """Expect that a right is missing."""
    with pytest.raises(ProgrammingError) as caught:
        yield
    assert isinstance(caught.value.orig, InsufficientPrivilege)


@contextmanager
def console_of(two: Two, organisation_id: UUID) -> Iterator[Session]:
    """Give a session with the console's rights in the name of an organisation."""
    with session_scope(two.world.console) as session:
        scope(session, organisation=organisation_id)
        yield session


def rows(session: Session, *models: type[Base]) -> list[int]:
    """Return how many rows there are, by a column that the role may see."""
    return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def move(session: Session, case: UUID, to: UUID) -> int:
    """Try to make an organisation the owner of a case; return how many rows were changed."""
    done = session.execute(update(CaseRecord).where(CaseRecord.case_id == case).values(organisation_id=to))
    return int(done.rowcount)  # type: ignore[attr-defined]


def test_an_organisation_cannot_push_its_case_to_another_one(two: Two) -> None:
    with refused(), console_of(two, two.world.own.organisation_id) as session:
        move(session, two.case, two.partner.organisation_id)


def test_a_case_that_is_not_shared_is_out_of_reach(two: Two) -> None:
    with console_of(two, two.partner.organisation_id) as session:
        assert move(session, two.case, two.partner.organisation_id) == 0
        assert rows(session, *CASES, CaseMessage, RouteRow, OutboxRow, AuditEvent) == [0, 0, 0, 0, 0, 0, 0, 1]
    with console_of(two, uuid4()) as session:
        assert rows(session, *CASES, Staff, AuditEvent) == [0] * 6


def test_only_a_transfer_moves_a_case(two: Two) -> None:
    sharing = two.share(SharingKind.REFERRAL)
    with refused(), console_of(two, two.partner.organisation_id) as session:
        move(session, two.case, two.partner.organisation_id)
    two.answer(sharing, SharingStatus.REJECTED)
    two.share(SharingKind.TRANSFER)
    with console_of(two, two.partner.organisation_id) as session:
        assert move(session, two.case, two.partner.organisation_id) == 1


@pytest.mark.parametrize("end", [SharingStatus.REJECTED, SharingStatus.DONE])
def test_when_sharing_ends_the_rows_are_gone_but_for_what_was_answered(two: Two, end: SharingStatus) -> None:
    sharing = two.share()
    with console_of(two, two.partner.organisation_id) as session:
        assert rows(session, *CASES) == [1, 1, 2, 1]
    if end is SharingStatus.DONE:
        two.answer(sharing, SharingStatus.ACCEPTED)
    two.answer(sharing, end)
    with console_of(two, two.partner.organisation_id) as session:
        assert rows(session, *CASES) == [0, 0, 0, 1]


def test_nobody_gives_themselves_a_case_or_a_key(two: Two) -> None:
    sharing = two.share()
    partner, own = two.partner.organisation_id, two.world.own.organisation_id
    with session_scope(two.world.engine) as session:
        referral = _values(session.get_one(CaseReferral, sharing)) | {"id": uuid4()}
        key = _values(session.get_one(CaseKey, (two.case, own))) | {"holder_id": uuid4()}
    for claimed in (partner, own):
        with refused(), console_of(two, partner) as session:
            session.execute(insert(CaseReferral).values(referral | {"from_organisation_id": claimed}))
        with refused(), console_of(two, partner) as session:
            session.execute(insert(CaseKey).values(key | {"organisation_id": claimed}))
    with refused(), console_of(two, own) as session:
        session.execute(insert(CaseReferral).values(referral | {"from_organisation_id": partner}))


def test_a_reply_never_goes_to_another_persons_chat(two: Two) -> None:
    other = two.world.open(2, chat=6)
    two.world.reply(two.case)
    with session_scope(two.world.engine) as session:
        routes = dict(session.execute(select(RouteRow.case_id, RouteRow.id)).tuples().all())
        values = _values(session.scalars(select(OutboxRow)).one()) | {"id": uuid4()}
        session.execute(text("ALTER TABLE outbox DROP CONSTRAINT uq_outbox_message_id"))
    with console_of(two, two.world.own.organisation_id) as session:
        session.execute(insert(OutboxRow).values(values | {"route_id": routes[two.case]}))
    with refused(), console_of(two, two.world.own.organisation_id) as session:
        session.execute(insert(OutboxRow).values(values | {"id": uuid4(), "route_id": routes[other]}))


def test_everybody_writes_into_the_log_in_their_own_name_only(two: Two) -> None:
    leyla, nigar = two.world.signed_in("leyla"), two.world.signed_in("nigar")
    names = {
        "leyla": (leyla.staff_id.hex, "intake"),
        "nigar": (nigar.staff_id.hex, "intake"),
        "person": ("person", "person"),
        "janitor": ("janitor", "janitor"),
        "operator": ("operator", "operator"),
    }
    own = {two.world.console: "leyla", two.world.bot: "person", two.world.janitor: "janitor", two.world.relay: None}
    for engine, allowed in own.items():
        for name, (actor, role) in names.items():
            if name == allowed:
                _write(engine, leyla.organisation_id, actor, role, two.case)
                continue
            with refused():
                _write(engine, leyla.organisation_id, actor, role, two.case)


def test_an_entry_cannot_be_hung_onto_another_object_than_it_says(two: Two) -> None:
    with refused():
        _write(two.world.bot, two.partner.organisation_id, "person", "person", two.case, about=uuid4())


def test_a_person_takes_back_and_nothing_else(two: Two) -> None:
    for status in (ReferralStatus.NEW, ReferralStatus.DONE):
        with refused(), session_scope(two.world.bot) as session:
            scope(session, proofs=(code_of(1).tag,))
            session.execute(update(CaseRecord).values(status=status))


def test_a_closed_case_takes_no_message_whoever_asks(two: Two) -> None:
    two.world.close(two.case)
    message = two.world.message(two.case, two.world.case(two.case).public_key, 1, "x")
    with refused(), session_scope(two.world.bot) as session:
        session.add(
            CaseMessage(
                id=uuid4(),
                case_id=two.case,
                direction="FROM_PERSON",
                seq=1,
                message_hash=bytes(32),
                sealed=message.sealed,
                signature=message.signature,
                staff_id=None,
                day=two.world.case(two.case).created_day,
            )
        )


def test_staff_of_others_are_known_only_through_a_common_case(two: Two) -> None:
    leyla, nigar = two.world.signed_in("leyla").staff_id, two.world.signed_in("nigar").staff_id
    with console_of(two, two.partner.organisation_id) as session:
        assert _known(session, leyla) is None
        assert _known(session, nigar) == "nigar"
    two.share()
    with console_of(two, two.partner.organisation_id) as session:
        assert _known(session, leyla) == "leyla"
        assert session.scalars(select(Staff.login)).all() == ["nigar"]


def test_what_was_said_for_one_transaction_is_not_so_in_the_next(two: Two) -> None:
    with two.world.bot.connect() as connection:
        with Session(connection) as session:
            scope(session, organisation=two.world.own.organisation_id, proofs=(code_of(1).tag,))
            assert rows(session, CaseRecord) == [1]
        with Session(connection) as session:
            assert rows(session, CaseRecord, AuditEvent) == [0, 0]


@pytest.mark.parametrize("broken", ["", ",", "zz", "00", "%", "'", code_of(1).tag.hex()[:-2], "," * 1000])
def test_what_is_no_proof_proves_nothing(two: Two, broken: str) -> None:
    with session_scope(two.world.bot) as session:
        session.execute(select(func.set_config("app.proof", broken, True)))
        assert rows(session, CaseRecord, RouteRow, CaseField) == [0, 0, 0]


def test_a_role_cannot_put_row_level_security_off_or_become_another(two: Two) -> None:
    for engine in (two.world.bot, two.world.relay, two.world.console, two.world.janitor):
        for statement in (
            "SET row_security = off; SELECT id FROM organisation",
            "SET ROLE korpu_owner",
            "ALTER TABLE case_record DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE public.mine (id int)",
            "SELECT * FROM alembic_version",
            "TRUNCATE audit_event",
        ):
            with refused(), engine.begin() as connection:
                connection.execution_options(no_parameters=True).exec_driver_sql(statement)


def test_a_route_is_seen_by_the_gateway_only_while_something_is_on_it(two: Two) -> None:
    two.world.open(2, chat=6)
    with session_scope(two.world.relay) as session:
        assert rows(session, RouteRow) == [0]
    two.world.reply(two.case)
    with session_scope(two.world.relay) as session:
        assert rows(session, RouteRow) == [1]
        session.execute(update(OutboxRow).values(state=OutboxState.SENT, sealed=None))
        assert rows(session, RouteRow) == [0]
        scope(session, proofs=(two.proof(by_chat=True),))
        assert rows(session, RouteRow) == [1]


def test_a_colleague_on_call_is_unlinked_by_their_own_chat_or_code_only(two: Two) -> None:
    with session_scope(two.world.engine) as session:
        samir = session.scalars(select(Staff).where(Staff.login == "samir")).one()
        own = {"organisation_id": samir.organisation_id, "staff_id": samir.id, "created_day": samir.created_day}
        session.add(StaffRoute(id=uuid4(), route_tag=bytes(32), route_box=b"box", **own))
    with session_scope(two.world.bot) as session:
        scope(session, organisation=two.world.own.organisation_id)
        assert rows(session, StaffRoute) == [1]
        assert session.execute(delete(StaffRoute)).rowcount == 0  # type: ignore[attr-defined]
        scope(session, proofs=(bytes(32),))
        assert session.execute(delete(StaffRoute)).rowcount == 1  # type: ignore[attr-defined]


def _values(row: Base) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _known(session: Session, staff_id: UUID) -> str | None:
    login: str | None = session.scalar(select(func.korpu_author(staff_id).table_valued("login").c.login))
    return login


def _write(engine: Engine, organisation: UUID, actor: str, role: str, case: UUID, *, about: UUID | None = None) -> None:
    body = json.dumps({"actor": actor, "role": role, "object": (about or case).hex})
    with session_scope(engine) as session:
        scope(session, organisation=organisation)
        session.execute(
            insert(AuditEvent).values(
                seq=10_000 + session.execute(text("SELECT count(*) FROM korpu_audit_head()")).scalar_one(),
                body=body,
                previous=bytes(32),
                hash=uuid4().bytes,
                object_id=case.hex,
            )
        )
        session.rollback()
