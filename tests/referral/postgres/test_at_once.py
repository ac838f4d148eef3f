"""Several processes at the same moment; on SQLite transactions are one at a time, here they are not."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from referral import append_message, erase, open_referral, outbox, session_scope, withdraw
from referral.audit import Act, append, verify
from referral.enums import ReferralStatus
from referral.errors import CaseClosed, CaseNotFound
from referral.models import AuditEvent, CaseKey, CaseMessage, CaseRecord, OutboxRow, PullReplyRow, StaffNotice
from referral.retention.purge import purge
from referral.retention.reminders import remind
from referral.service.casework import claim, reply
from referral.service.common import today
from tests.referral.conftest import World, code_of
from tests.referral.threads import at_once

pytestmark = pytest.mark.databases("postgresql")
WRITERS, EACH = 4, 15


def test_four_writers_make_one_chain(world: World) -> None:
    def write() -> None:
        for _ in range(EACH):
            with session_scope(world.bot) as session:
                append(session, act=Act.MESSAGE_RECEIVED, actor="person", role="person")

    before = world.count(AuditEvent)
    at_once(*[write] * WRITERS)
    assert world.count(AuditEvent) == before + WRITERS * EACH
    with session_scope(world.engine) as session:
        assert verify(session) == []


def test_one_submission_sent_four_times_at_once_makes_one_case_with_one_of_everything(world: World) -> None:
    submission = world.submission(chat=5)

    def send() -> bool:
        with session_scope(world.bot) as session:
            return open_referral(session, submission=submission).created

    assert sorted(at_once(*[send] * WRITERS)) == [False, False, False, True]
    assert (world.count(CaseRecord), world.count(StaffNotice)) == (1, 1)
    with session_scope(world.engine) as session:
        acts = session.scalars(select(AuditEvent.body).where(AuditEvent.object_id == submission.case_id.hex))
        assert sum('"act":"referral_opened"' in body for body in acts) == 1


def test_two_claims_at_once_have_one_winner(world: World) -> None:
    case = world.open()
    people = [world.signed_in(login) for login in ("leyla", "samir")]

    def take(who: int) -> bool:
        with session_scope(world.console) as session:
            return claim(session, signed_in=people[who], case_id=case)

    assert sorted(at_once(lambda: take(0), lambda: take(1))) == [False, True]


def test_one_message_sent_twice_at_once_is_stored_once(world: World) -> None:
    case = world.open()
    field = world.message(case, world.case(case).public_key, 7, "x")

    def send() -> bool:
        with session_scope(world.bot) as session:
            return append_message(session, case_id=case, message_id="tg-7", field=field, day=today())

    assert sorted(at_once(send, send)) == [False, True]
    assert (world.count(CaseMessage), world.count(StaffNotice)) == (1, 2)


def test_a_message_and_an_erasure_at_once_leave_nothing_behind(world: World) -> None:
    case = world.open()
    field = world.message(case, world.case(case).public_key, 7, "x")

    def write() -> str:
        try:
            with session_scope(world.bot) as session:
                append_message(session, case_id=case, message_id="tg-7", field=field, day=today())
        except CaseClosed:
            return "closed"
        return "stored"

    def remove() -> str:
        with session_scope(world.bot) as session:
            return "erased" if erase(session, case_id=case, proof=code_of(1).tag) else "unknown"

    assert "erased" in at_once(write, remove)
    assert (world.count(CaseRecord), world.count(CaseMessage), world.count(StaffNotice)) == (0, 0, 0)


def test_a_withdrawal_and_a_reply_at_once_send_nothing_after_it(world: World) -> None:
    case = world.open(chat=5)
    signed_in, relay = world.take(case), world.public.relay_public_key

    def answer() -> bool:
        try:
            with session_scope(world.console) as session:
                reply(session, signed_in=signed_in, case_id=case, text="x", relay_public_key=relay)
        except (CaseClosed, CaseNotFound):
            return False
        return True

    def take_back() -> bool:
        with session_scope(world.bot) as session:
            return withdraw(session, case_id=case, proof=code_of(1).tag)

    at_once(answer, take_back)
    assert world.case(case).status is ReferralStatus.REVOKED
    assert (world.count(OutboxRow), world.count(PullReplyRow), world.count(CaseKey)) == (0, 0, 0)


def test_reminding_of_cases_that_are_answered_meanwhile_stops_nobody(world: World) -> None:
    cases = [world.open(number) for number in range(1, 9)]
    signed_in, relay = world.signed_in(), world.public.relay_public_key
    for case in cases:
        world.take(case)
    late = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=4)

    def answer() -> int:
        for case in cases:
            with session_scope(world.console) as session:
                reply(session, signed_in=signed_in, case_id=case, text="x", relay_public_key=relay)
        return len(cases)

    def janitor() -> int:
        for _ in range(3):
            with session_scope(world.janitor) as session:
                remind(session, now=late)
            with session_scope(world.janitor) as session:
                purge(session, now=late)
        return len(cases)

    assert at_once(answer, janitor, janitor) == [len(cases)] * 3
    with session_scope(world.engine) as session:
        assert verify(session) == []


def test_two_gateways_at_once_take_each_reply_once(world: World) -> None:
    cases = [world.open(number, chat=number) for number in range(1, 4)]
    signed_in, relay = world.signed_in(), world.public.relay_public_key
    for case in cases:
        world.take(case)
        with session_scope(world.console) as session:
            reply(session, signed_in=signed_in, case_id=case, text="x", relay_public_key=relay)
    moment = dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=1)

    def due() -> list[UUID]:
        with session_scope(world.relay) as session:
            return [item.id for item in outbox.due(session, now=moment, limit=5)]

    taken = [item for items in at_once(due, due) for item in items]
    assert len(taken) == len(set(taken)) == len(cases)
    assert world.case(cases[0]).status is ReferralStatus.IN_PROGRESS
