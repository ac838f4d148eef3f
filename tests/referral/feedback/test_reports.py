"""Reports of numbers: three people make a doubt, an editor ends it, one person alone never makes it."""

import datetime as dt

import pytest

from referral import StaffRole, session_scope
from referral.errors import NotPermitted
from referral.feedback.reporting import PAUSE_DAYS
from referral.feedback.reports import open_reports
from referral.feedback.settling import settle_reports
from referral.models import NumberReport
from tests.referral.conftest import World
from tests.referral.feedback.said import DAY, NUMBER, doubted, report


def settle(world: World, login: str = "nina") -> int:
    """Let an editor say that they have looked at the number."""
    staff = world.signed_in(login)
    with session_scope(world.console) as session:
        return settle_reports(session, fact=NUMBER, staff=staff, day=DAY)


def test_the_third_person_makes_a_doubt_and_the_same_one_never(world: World) -> None:
    assert [report(world, chat) for chat in (1, 1, 2, 2)] == [True, False, True, False]
    assert doubted(world) == {}
    assert report(world, 3)
    assert not report(world, 3, days=1)
    assert doubted(world) == {NUMBER: 3}
    assert world.count(NumberReport) == 3


def test_one_person_who_comes_back_after_a_month_is_still_one_person(world: World) -> None:
    days = (0, PAUSE_DAYS - 1, PAUSE_DAYS, 2 * PAUSE_DAYS - 1, 2 * PAUSE_DAYS)
    assert [report(world, 1, days=day) for day in days] == [True, False, True, False, True]
    assert world.count(NumberReport) == 3
    assert doubted(world) == {}


def test_numbers_are_counted_apart(world: World) -> None:
    for chat in (1, 2):
        report(world, chat)
    report(world, 3, fact="police")
    assert doubted(world) == {}


def test_an_editor_ends_the_doubt_and_new_reports_begin_another(world: World) -> None:
    world.hire("nina", StaffRole.EDITOR)
    for chat in (1, 2, 3):
        report(world, chat)
    assert settle(world) == 3
    assert doubted(world) == {}
    assert not report(world, 1, days=1)  # within 30 days, although the report was handled
    for chat in (4, 5, 6):
        report(world, chat, days=1)
    assert doubted(world) == {NUMBER: 3}
    with session_scope(world.console) as session:
        (open_,) = open_reports(session)
    assert (open_.fact, open_.persons, open_.first_day) == (NUMBER, 3, DAY + dt.timedelta(days=1))
    assert (open_.languages, open_.intents) == (("az",), ("work_passport_kept",))


def test_who_may_not_edit_content_settles_nothing(world: World) -> None:
    report(world, 1)
    with pytest.raises(NotPermitted):
        settle(world, "leyla")
    with session_scope(world.console) as session:
        assert len(open_reports(session)) == 1
