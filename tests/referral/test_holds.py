"""A hold keeps a case beyond its day, for a reason and until an end."""

import datetime as dt

import pytest

from referral import RETENTION_DAYS, CaseNotFound, erase, session_scope, status_for_code
from referral.enums import HoldReason, StaffRole
from referral.errors import NotPermitted
from referral.models import CaseHold, CaseRecord
from referral.retention.purge import Round, purge
from referral.service.holds import lift_hold, place_hold
from tests.referral.conftest import World, code_of, later

NOW = dt.datetime.now(tz=dt.UTC)
UNTIL = RETENTION_DAYS + 20


def hold(world: World, case: object, *, login: str = "aydan", days: int = UNTIL) -> object:
    """Place a hold."""
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        return place_hold(
            session,
            signed_in=signed_in,
            case_id=case,  # type: ignore[arg-type]
            reason=HoldReason.COURT,
            until_day=later(days),
        )


def purged(world: World, days: int) -> Round:
    """Make a round some days later."""
    with session_scope(world.janitor) as session:
        return purge(session, now=NOW + dt.timedelta(days=days))


@pytest.fixture
def case(world: World) -> object:
    """Return a closed case, in a world with a supervisor."""
    world.hire("aydan", StaffRole.SUPERVISOR)
    made = world.open()
    world.take(made)
    world.close(made)
    return made


def test_a_held_case_stays_until_the_hold_ends(world: World, case: object) -> None:
    hold(world, case)
    due = purged(world, RETENTION_DAYS)
    assert (due.cases, due.held) == ((), (case,))
    assert "held" in str(due)
    assert purged(world, UNTIL).cases == ()
    assert purged(world, UNTIL + 1).cases == (case,)
    assert (world.count(CaseRecord), world.count(CaseHold)) == (0, 0)


def test_a_lifted_hold_holds_no_more(world: World, case: object) -> None:
    placed = hold(world, case)
    signed_in = world.signed_in("aydan")
    with session_scope(world.console) as session:
        lift_hold(session, signed_in=signed_in, hold_id=placed)  # type: ignore[arg-type]
    assert purged(world, RETENTION_DAYS).cases == (case,)


def test_the_person_sees_the_hold_and_can_erase_in_spite_of_it(world: World, case: object) -> None:
    hold(world, case)
    with session_scope(world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
        assert view is not None
        assert view.held_until == later(UNTIL)
        assert erase(session, case_id=view.case_id, proof=code_of(1).tag)
    assert world.count(CaseRecord) == 0


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_hold_has_an_end_within_a_year(world: World, case: object, days: int) -> None:
    with pytest.raises(ValueError, match="ends between"):
        hold(world, case, days=days)


def test_only_a_supervisor_of_the_organisation_places_a_hold(world: World, case: object) -> None:
    with pytest.raises(NotPermitted):
        hold(world, case, login="leyla")
    other = world.partner()
    world.hire("theirs", StaffRole.SUPERVISOR, other)
    with pytest.raises(CaseNotFound):
        hold(world, case, login="theirs")
