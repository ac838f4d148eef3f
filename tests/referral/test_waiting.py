"""Deadlines, reminders, people on call: nothing waits unseen, and nothing of a case is said."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from referral import erase, oncall, session_scope, status_for_code, withdraw
from referral.audit import entries_about
from referral.enums import OutboxState, ReferralStatus, StaffRole, Urgency
from referral.errors import NotPermitted
from referral.models import CaseDeadline, Staff, StaffAlert, StaffNotice, StaffRoute
from referral.retention.purge import purge
from referral.retention.reminders import remind
from referral.service.common import now
from referral.service.deadlines import deadlines, hours_of, set_hours
from referral.service.queue import open_queue
from referral.service.staff import disable_staff
from tests.referral.conftest import World, code_of


def remind_after(world: World, hours: float) -> int:
    """Make a round of the janitor some hours later."""
    with session_scope(world.janitor) as session:
        return remind(session, now=now() + dt.timedelta(hours=hours))


def put_on_call(world: World, login: str = "leyla", tag: bytes = bytes(32)) -> None:
    """Link a colleague's chat."""
    with session_scope(world.engine) as session:
        staff = session.scalars(select(Staff).where(Staff.login == login)).one()
        staff.pairing_tag, staff.pairing_until = tag, now() + dt.timedelta(hours=1)
    with session_scope(world.bot) as session:
        assert oncall.pair(session, pairing_tag=tag, route_tag=tag, route_box=b"box", now=now())


def alerts(world: World) -> list[tuple[str, str]]:
    """Return what was sent to people on call."""
    with session_scope(world.engine) as session:
        return [(row.kind, row.detail) for row in session.scalars(select(StaffAlert).order_by(StaffAlert.next_try))]


@pytest.mark.parametrize(("urgency", "hours"), [("danger", 1), ("concern", 24), ("normal", 72)])
def test_a_deadline_depends_on_the_urgency(world: World, urgency: str, hours: int) -> None:
    case = world.open(urgency=urgency)
    with session_scope(world.engine) as session:
        deadline = session.get_one(CaseDeadline, case).respond_by
    assert abs((deadline - now()).total_seconds() - hours * 3600) < 120
    assert remind_after(world, hours - 0.1) == 0
    assert remind_after(world, hours + 0.1) == 1


def test_who_is_on_call_is_told_once_and_an_hour_later_once_more(world: World) -> None:
    put_on_call(world)
    world.open(1, urgency="danger")
    world.open(2, urgency="danger")
    world.open(3)
    assert [remind_after(world, hours) for hours in (0.5, 1.1, 1.5, 2.2, 5)] == [0, 2, 0, 2, 0]
    assert [alert for alert in alerts(world) if alert[0] != "new"] == [("overdue", "2"), ("overdue_still", "2")]
    with session_scope(world.engine) as session:
        kinds = [row.kind for row in session.scalars(select(StaffNotice)) if row.kind.startswith("overdue")]
    assert sorted(kinds) == ["overdue"] * 2 + ["overdue_still"] * 2


def test_an_answer_a_closing_and_a_withdrawal_end_the_wait(world: World) -> None:
    answered, closed, taken_back, erased = (world.open(number, urgency="danger") for number in range(1, 5))
    for case in (answered, closed):
        world.take(case)
    world.reply(answered)
    world.close(closed, ReferralStatus.REJECTED)
    with session_scope(world.bot) as session:
        withdraw(session, case_id=taken_back, proof=code_of(3).tag)
        erase(session, case_id=erased, proof=code_of(4).tag)
    assert world.count(CaseDeadline) == 0
    assert remind_after(world, 2) == 0


def test_taking_a_case_alone_is_no_answer(world: World) -> None:
    world.take(world.open(urgency="danger"))
    assert remind_after(world, 2) == 1


def test_the_person_and_the_queue_see_until_when(world: World) -> None:
    case = world.open(urgency="danger")
    with session_scope(world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        (entry,) = open_queue(session, signed_in=signed_in)
        deadline = deadlines(session, signed_in=signed_in)[case]
    assert view is not None
    assert view.respond_by == entry.respond_by == deadline.respond_by
    assert deadline.is_over(at=now() + dt.timedelta(hours=2))


def test_a_supervisor_changes_the_hours_and_nobody_else(world: World) -> None:
    world.hire("aydan", StaffRole.SUPERVISOR)
    wanted = {Urgency.DANGER: 2, Urgency.CONCERN: 12, Urgency.NORMAL: 48}

    def change(login: str, hours: dict[Urgency, int]) -> None:
        signed_in = world.signed_in(login)
        with session_scope(world.console) as session:
            set_hours(session, signed_in=signed_in, hours=hours)

    with pytest.raises(NotPermitted):
        change("leyla", wanted)
    with pytest.raises(ValueError, match="between 1 and"):
        change("aydan", wanted | {Urgency.NORMAL: 0})
    with pytest.raises(ValueError, match="more urgent"):
        change("aydan", wanted | {Urgency.DANGER: 24})
    change("aydan", wanted)
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        assert hours_of(session, signed_in=signed_in) == wanted
    world.open(urgency="danger")
    assert (remind_after(world, 1.5), remind_after(world, 2.1)) == (0, 1)


def test_a_pairing_code_works_once_and_in_its_hour(world: World) -> None:
    put_on_call(world)
    with session_scope(world.bot) as session:
        assert not oncall.pair(session, pairing_tag=bytes(32), route_tag=b"x", route_box=b"y", now=now())
    with session_scope(world.engine) as session:
        leyla = session.scalars(select(Staff).where(Staff.login == "leyla")).one()
        leyla.pairing_tag, leyla.pairing_until = b"late", now()
        acts = [entry.act.value for entry in entries_about(session, leyla.id)]
    assert acts[-1] == "on_call_set"
    late = now() + dt.timedelta(minutes=1)
    with session_scope(world.bot) as session:
        assert not oncall.pair(session, pairing_tag=b"late", route_tag=b"x", route_box=b"y", now=late)


def test_a_new_chat_takes_the_place_of_the_old_one_and_a_colleague_can_stop(world: World) -> None:
    put_on_call(world)
    world.open(urgency="danger")
    remind_after(world, 2)
    put_on_call(world, tag=bytes(31) + b"\x01")
    assert (world.count(StaffRoute), world.count(StaffAlert)) == (1, 0)
    with session_scope(world.bot) as session:
        assert not oncall.unpair(session, route_tag=b"somebody else")
        assert oncall.unpair(session, route_tag=bytes(31) + b"\x01")
    assert world.count(StaffRoute) == 0


def test_an_alert_is_tried_again_and_given_up(world: World) -> None:
    put_on_call(world)
    with session_scope(world.janitor) as session:
        assert oncall.alert(session, organisation_id=world.own.organisation_id, kind="overdue", now=now()) == 1
        assert oncall.alert(session, organisation_id=UUID(int=9), kind="overdue", now=now()) == 0

    def due(seconds: int) -> list[UUID]:
        with session_scope(world.relay) as session:
            at = now() + dt.timedelta(seconds=seconds)
            return [item.id for item in oncall.due(session, now=at, limit=9)]

    (alert,) = due(1)
    assert due(2) == []
    with session_scope(world.relay) as session:
        oncall.mark_failed(session, id=alert, permanent=False, now=now())
    assert due(15) == [alert]
    with session_scope(world.relay) as session:
        oncall.mark_failed(session, id=alert, permanent=True, now=now())
        oncall.mark_failed(session, id=alert, permanent=False, now=now())
    assert due(3000) == []
    with session_scope(world.engine) as session:
        assert session.get_one(StaffAlert, alert).state is OutboxState.FAILED
    with session_scope(world.janitor) as session:
        purge(session, now=now() + dt.timedelta(days=3))
    assert world.count(StaffAlert) == 0


def test_who_has_left_gets_no_more_messages(world: World) -> None:
    put_on_call(world, "samir")
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    world.open(urgency="danger")
    assert remind_after(world, 2) == 1
    assert (world.count(StaffRoute), alerts(world)) == (0, [])
