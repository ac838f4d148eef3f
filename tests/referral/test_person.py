"""What a person can do with their own case, and what they are told about it."""

import pytest

from referral import (
    BadSubmission,
    CaseClosed,
    CaseNotFound,
    ReferralStatus,
    append_message,
    erase,
    session_scope,
    status_for_code,
    status_for_route,
    withdraw,
)
from referral.crypto import route_tag
from referral.models import (
    CaseField,
    CaseKey,
    CaseMessage,
    CaseRecord,
    ConsentRecord,
    OutboxRow,
    PullReplyRow,
    RouteRow,
    StaffNotice,
    Tombstone,
)
from tests.referral.conftest import DAY, World, code_of

OF_A_CASE = (CaseRecord, CaseKey, CaseField, CaseMessage, ConsentRecord, OutboxRow, PullReplyRow, RouteRow, StaffNotice)


def tag(world: World, chat: int) -> bytes:
    """Return the tag of a chat."""
    return route_tag(chat, index_key=world.secret("index_key"))


def test_status_by_code_tells_what_staff_did_and_when(world: World) -> None:
    case = world.open()
    with session_scope(world.bot) as session:
        fresh = status_for_code(session, code_tag=code_of(1).tag)
    assert fresh is not None
    assert (fresh.status, fresh.accesses, fresh.pull_replies) == (ReferralStatus.NEW, (), ())
    world.read(case)
    world.take(case)
    world.read(case)
    world.reply(case)
    world.close(case)
    with session_scope(world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    assert (view.status, len(view.pull_replies)) == (ReferralStatus.DONE, 1)
    assert [access.act for access in view.accesses] == ["opened", "claimed", "replied", "closed"]
    assert {(access.role.value, access.at.second) for access in view.accesses} == {("intake", 0)}


def test_status_by_chat_has_the_newest_first_and_no_replies(world: World) -> None:
    cases = [world.open(number, chat=5) for number in (1, 2, 3)]
    world.open(4, chat=6)
    world.open(5)
    with session_scope(world.bot) as session:
        views = status_for_route(session, route_tag=tag(world, 5))
    assert [view.case_id for view in views] == cases[::-1]
    assert all(view.pull_replies == () for view in views)


def test_without_the_right_proof_nothing_is_told_and_nothing_happens(world: World) -> None:
    case = world.open(1, chat=5)
    world.open(2, chat=6)
    with session_scope(world.bot) as session:
        assert status_for_code(session, code_tag=bytes(32)) is None
        assert status_for_route(session, route_tag=bytes(32)) == ()
        for wrong in (b"", bytes(32), code_of(2).tag, tag(world, 6)):
            assert not withdraw(session, case_id=case, proof=wrong)
            assert not erase(session, case_id=case, proof=wrong)
    assert (world.count(CaseRecord), world.count(CaseKey)) == (2, 2)


@pytest.mark.parametrize("by_chat", [True, False])
def test_who_takes_their_case_back_closes_it_to_staff(world: World, by_chat: bool) -> None:
    case = world.open(chat=5)
    world.take(case)
    world.reply(case)
    with session_scope(world.bot) as session:
        proof = tag(world, 5) if by_chat else code_of(1).tag
        assert withdraw(session, case_id=case, proof=proof)
        assert not withdraw(session, case_id=case, proof=proof)
    assert (world.count(CaseKey), world.count(OutboxRow)) == (0, 0)
    with session_scope(world.engine) as session:
        assert session.query(ConsentRecord).one().withdrawn_day is not None
    with session_scope(world.bot) as session:
        assert status_for_code(session, code_tag=code_of(1).tag) is None
        (view,) = status_for_route(session, route_tag=tag(world, 5))
        assert view.status is ReferralStatus.REVOKED
    with pytest.raises(CaseNotFound):
        world.read(case)


def test_erasure_leaves_a_tombstone_and_no_byte(world: World) -> None:
    case = world.open(chat=5)
    world.take(case)
    world.reply(case)
    key = world.case(case).public_key
    with session_scope(world.engine) as session:
        blob = session.get_one(CaseField, (case, "narrative", 1)).sealed.blob
    with session_scope(world.bot) as session:
        append_message(session, case_id=case, message_id="tg-7", field=world.message(case, key, 7, "x"), day=DAY)
    assert all(world.count(model) for model in OF_A_CASE)
    with session_scope(world.bot) as session:
        assert erase(session, case_id=case, proof=code_of(1).tag)
        assert not erase(session, case_id=case, proof=code_of(1).tag)
    world.database.tidy()
    assert [world.count(model) for model in OF_A_CASE] == [0] * len(OF_A_CASE)
    assert world.count(Tombstone) == 1
    assert blob[60:120] not in world.database.tables()


def test_a_message_comes_once(world: World) -> None:
    case = world.open(chat=5)
    stored = []
    for _ in range(2):
        with session_scope(world.bot) as session:
            field = world.message(case, world.case(case).public_key, 77, "one more thing")
            stored.append(append_message(session, case_id=case, message_id="tg-77", field=field, day=DAY))
    assert (stored, world.count(CaseMessage)) == ([True, False], 1)


def test_a_taken_back_case_takes_no_message(world: World) -> None:
    case = world.open()
    key = world.case(case).public_key
    with session_scope(world.bot) as session:
        assert withdraw(session, case_id=case, proof=code_of(1).tag)
    with pytest.raises(CaseClosed), session_scope(world.bot) as session:
        append_message(session, case_id=case, message_id="tg-9", field=world.message(case, key, 9, "x"), day=DAY)


def test_a_value_that_is_not_a_message_is_refused(world: World) -> None:
    case, other = world.open(), world.submission(2).fields[0]
    with pytest.raises(BadSubmission), session_scope(world.bot) as session:
        append_message(session, case_id=case, message_id="tg-9", field=other, day=DAY)
