"""Giving a case to a colleague: its key goes to them and to nobody else."""

from uuid import UUID

import pytest

from referral import CaseNotFound, ReferralError, ReferralStatus, session_scope
from referral.enums import StaffRole
from referral.errors import NotPermitted, TransitionRefused
from referral.service.assigning import assign, colleagues, restrict
from referral.service.staff import disable_staff
from tests.referral.conftest import World


@pytest.fixture
def worker(world: World) -> UUID:
    """Return a caseworker, who does not hold the organisation's key."""
    return world.hire("orxan", StaffRole.CASEWORKER)


def give(world: World, case: UUID, to: UUID, login: str = "leyla") -> None:
    """Assign a case."""
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        assign(session, signed_in=signed_in, trust=world.trust, case_id=case, to=to)


def test_a_caseworker_opens_what_is_assigned_and_nothing_else(world: World, worker: UUID) -> None:
    case, other = world.open(1), world.open(2)
    give(world, case, worker)
    assert (world.read(case, "orxan").owner_login, world.read(case).status) == ("orxan", ReferralStatus.ACCEPTED)
    with pytest.raises(CaseNotFound, match="no key"):
        world.read(other, "orxan")


def test_who_gives_a_case_away_keeps_no_copy_of_their_own(world: World, worker: UUID) -> None:
    second = world.hire("ali", StaffRole.CASEWORKER)
    case = world.open()
    give(world, case, worker)
    give(world, case, second, login="orxan")
    assert world.read(case, "ali").owner_login == "ali"
    with pytest.raises(CaseNotFound):
        world.read(case, "orxan")
    with pytest.raises(NotPermitted):
        give(world, case, worker, login="orxan")


def test_a_restricted_case_opens_for_its_owner_alone(world: World, worker: UUID) -> None:
    case = world.open()
    give(world, case, worker)

    def restrict_as(login: str) -> None:
        signed_in = world.signed_in(login)
        with session_scope(world.console) as session:
            restrict(session, signed_in=signed_in, case_id=case)

    with pytest.raises(TransitionRefused, match="Only the owner"):
        restrict_as("leyla")
    restrict_as("orxan")
    assert world.read(case, "orxan").values
    for login in ("leyla", "samir"):
        with pytest.raises(CaseNotFound, match="no key"):
            world.read(case, login)


def test_a_leaver_does_not_take_a_restricted_case_along_unnoticed(world: World, worker: UUID) -> None:
    case = world.open()
    give(world, case, worker)
    signed_in = world.signed_in("orxan")
    with session_scope(world.console) as session:
        restrict(session, signed_in=signed_in, case_id=case)
    with pytest.raises(ReferralError, match="1 case"), session_scope(world.engine) as session:
        disable_staff(session, login="orxan")
    assert world.read(case, "orxan").values
    with session_scope(world.engine) as session:
        disable_staff(session, login="orxan", lose_restricted=True)


def test_a_case_is_given_to_colleagues_who_work_on_cases_only(world: World, worker: UUID) -> None:
    editor = world.hire("editor", StaffRole.EDITOR)
    stranger = world.hire("stranger", StaffRole.INTAKE, world.partner())
    case = world.open()
    for to in (editor, stranger, UUID(int=7)):
        with pytest.raises(CaseNotFound, match="no such colleague"):
            give(world, case, to)
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        assert [staff.login for staff in colleagues(session, signed_in=signed_in)] == ["leyla", "orxan", "samir"]


def test_a_closed_case_is_not_given_to_anybody(world: World, worker: UUID) -> None:
    case = world.open()
    world.take(case)
    world.close(case)
    with pytest.raises(TransitionRefused, match="closed"):
        give(world, case, worker)
