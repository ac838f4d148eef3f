"""Replies on their way to Telegram: never lost, never kept longer than needed."""

import datetime as dt
import json
from uuid import UUID

from sqlalchemy import select

from referral import outbox, session_scope
from referral.crypto import open_bytes, open_route, route_tag
from referral.enums import OutboxState
from referral.models import OutboxRow, PullReplyRow, RouteRow
from tests.referral.conftest import World


def replied(world: World) -> UUID:
    """Return a case with a reply on its way to chat 5."""
    case = world.open(chat=5)
    world.take(case)
    world.reply(case, "we read it")
    return case


def due(world: World, *, later: int = 0) -> list[outbox.OutboxItem]:
    """Take what is due, some seconds later."""
    moment = dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=later)
    with session_scope(world.relay) as session:
        return outbox.due(session, now=moment, limit=5)


def row_of(world: World) -> OutboxRow:
    """Return the only reply as it is stored."""
    with session_scope(world.engine) as session:
        return session.query(OutboxRow).one()


def test_a_reply_goes_to_its_chat_and_its_content_goes_then(world: World) -> None:
    case = replied(world)
    (item,) = due(world)
    assert open_route(item.route_box, route_key=world.secret("route_key")).chat_id == 5
    body = json.loads(open_bytes(world.secret("relay_key"), item.sealed))
    assert (body["text"], UUID(hex=body["case_id"])) == ("we read it", case)
    with session_scope(world.relay) as session:
        outbox.mark_sent(session, id=item.id)
    assert (row_of(world).sealed, row_of(world).state) == (None, OutboxState.SENT)
    assert due(world, later=3600) == []
    assert world.read(case).messages[-1].delivery == "sent"


def test_nothing_is_sent_to_who_asks_with_a_code(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case)
    assert due(world) == []


def test_two_gateways_never_take_the_same_reply_and_a_dead_ones_comes_back(world: World) -> None:
    replied(world)
    assert (len(due(world)), len(due(world)), len(due(world, later=31))) == (1, 0, 1)


def test_what_failed_is_tried_again_with_growing_pauses(world: World) -> None:
    replied(world)
    (item,) = due(world)
    pauses = []
    for _ in range(12):
        with session_scope(world.relay) as session:
            outbox.mark_failed(session, id=item.id, permanent=False)
        pauses.append((row_of(world).next_try - dt.datetime.now(tz=dt.UTC)).total_seconds())
    assert due(world) == []
    assert [round(pause) for pause in pauses[:4]] == [10, 20, 40, 80]
    assert max(pauses) <= 1800
    assert len(due(world, later=1801)) == 1


def test_after_many_tries_it_is_given_up(world: World) -> None:
    replied(world)
    with session_scope(world.engine) as session:
        row = session.query(OutboxRow).one()
        row.attempts = outbox.MOST_ATTEMPTS - 1
    with session_scope(world.relay) as session:
        outbox.mark_failed(session, id=row.id, permanent=False)
    assert (row_of(world).state, row_of(world).sealed) == (OutboxState.FAILED, None)


def test_a_blocked_chat_is_given_up_at_once_and_staff_see_it(world: World) -> None:
    case = replied(world)
    (item,) = due(world)
    with session_scope(world.relay) as session:
        outbox.mark_failed(session, id=item.id, permanent=True)
    assert due(world, later=3600) == []
    assert world.read(case).messages[-1].delivery == "failed"


def test_a_late_failure_does_not_undo_a_delivery(world: World) -> None:
    case = replied(world)
    (item,) = due(world)
    with session_scope(world.relay) as session:
        outbox.mark_sent(session, id=item.id)
        outbox.mark_failed(session, id=item.id, permanent=False)
    assert world.read(case).messages[-1].delivery == "sent"


def test_a_dropped_route_takes_the_replies_on_it_with_it(world: World) -> None:
    case = replied(world)
    world.open(2, chat=6)
    with session_scope(world.relay) as session:
        assert outbox.drop_route(session, route_tag=route_tag(5, index_key=world.secret("index_key"))) == 1
    assert (world.count(OutboxRow), world.count(RouteRow)) == (0, 1)
    assert not world.read(case).push


def test_what_may_not_go_to_the_chat_waits_under_the_code_and_staff_see_it(world: World) -> None:
    case = replied(world)
    (item,) = due(world)
    with session_scope(world.engine) as session:
        outbox.mark_withheld(session, id=item.id)
    with session_scope(world.engine) as session:
        row = session.get_one(OutboxRow, item.id)
        assert (row.sealed, row.state) == (None, OutboxState.WITHHELD)
        assert len(session.scalars(select(PullReplyRow)).all()) == 1
    assert due(world, later=3600) == []
    assert world.read(case).messages[-1].delivery == "withheld"
