"""How long what readers said is kept, by a moved clock and with the janitor's rights."""

import datetime as dt

import pytest

from referral import StaffRole, session_scope
from referral.feedback.settling import settle_reports
from referral.models import Base, ContentFeedback, ContentGap, NumberReport
from referral.retention.feedback import FEEDBACK_DAYS, GAP_DAYS, PERSON_DAYS, REPORT_DAYS
from referral.retention.purge import purge
from tests.referral.conftest import World
from tests.referral.feedback.said import DAY, NUMBER, ask, doubted, report, say


def round_after(world: World, days: int, *, dry_run: bool = False) -> int:
    """Make one round some days later; return how much of it was feedback."""
    now = dt.datetime.combine(DAY, dt.time(12), tzinfo=dt.UTC) + dt.timedelta(days=days)
    with session_scope(world.janitor) as session:
        return purge(session, now=now, dry_run=dry_run).feedback


@pytest.mark.parametrize(("model", "days"), [(ContentFeedback, FEEDBACK_DAYS), (ContentGap, GAP_DAYS)])
def test_what_was_said_goes_on_its_day_and_not_before(world: World, model: type[Base], days: int) -> None:
    say(world, 1, helpful=True)
    ask(world, 1, "something")
    round_after(world, days)
    assert world.count(model) == 1
    assert round_after(world, days + 1, dry_run=True) >= 1
    assert world.count(model) == 1
    round_after(world, days + 1)
    assert world.count(model) == 0


def test_an_open_report_stays_and_a_handled_one_goes(world: World) -> None:
    world.hire("nina", StaffRole.EDITOR)
    nina = world.signed_in("nina")
    report(world, 1)
    report(world, 2, fact="police")
    with session_scope(world.console) as session:
        settle_reports(session, fact=NUMBER, staff=nina, day=DAY)
    assert round_after(world, REPORT_DAYS) == 0
    assert round_after(world, REPORT_DAYS + 1) == 1
    with session_scope(world.engine) as session:
        assert [row.fact for row in session.query(NumberReport)] == ["police"]


def test_after_a_month_nobody_can_find_who_it_was_but_open_reports_still_count_people(world: World) -> None:
    world.hire("nina", StaffRole.EDITOR)
    nina = world.signed_in("nina")
    say(world, 1, helpful=True)
    report(world, 1, fact="police")
    with session_scope(world.console) as session:
        settle_reports(session, fact="police", staff=nina, day=DAY)
    for chat in (1, 2, 3):
        report(world, chat)
    round_after(world, PERSON_DAYS - 1)
    assert not say(world, 1, helpful=False)
    round_after(world, PERSON_DAYS)
    with session_scope(world.engine) as session:
        assert [row.who for row in session.query(ContentFeedback)] == [None]
        assert {row.fact for row in session.query(NumberReport) if row.who is None} == {"police"}
    assert doubted(world) == {NUMBER: 3}
