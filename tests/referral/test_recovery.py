"""Lost passphrases: by recovery code, by a colleague, by two custodians."""

from dataclasses import replace

import pytest

from referral import ReferralError, session_scope
from referral.audit import entries_about
from referral.enums import StaffRole
from referral.errors import CaseNotFound
from referral.service.assigning import assign, restrict
from referral.service.reading import read_case
from referral.service.recovery import NewWords, recover_with_code, recover_with_colleague
from referral.service.signing_in import sign_in
from referral.service.staff import SignedIn, disable_staff
from tests.referral.conftest import PASSPHRASE, QUICK, RECOVERY, World

NEW = NewWords("ten-eleven", "twelve-thirteen", QUICK)


def by_code(world: World, code: str = RECOVERY, new: NewWords = NEW) -> bool:
    """Recover leyla's passphrase."""
    with session_scope(world.engine) as session:
        return recover_with_code(session, login=" Leyla ", recovery_code=code, new=new)


def comes_in(world: World, passphrase: str) -> bool:
    """Tell whether leyla comes in."""
    with session_scope(world.console) as session:
        return sign_in(session, login="leyla", passphrase=passphrase) is not None


def test_the_recovery_code_gives_a_new_passphrase_and_the_same_cases(world: World) -> None:
    case = world.open()
    world.take(case)
    assert by_code(world)
    assert (comes_in(world, PASSPHRASE), comes_in(world, "ten-eleven")) == (False, True)
    assert not by_code(world)
    assert by_code(world, "twelve-thirteen", NewWords(PASSPHRASE, RECOVERY, QUICK))
    assert world.read(case).owner_login == "leyla"


def test_a_wrong_recovery_code_changes_nothing_and_is_in_the_log(world: World) -> None:
    who = world.signed_in()
    assert not by_code(world, PASSPHRASE)
    assert comes_in(world, PASSPHRASE)
    with session_scope(world.engine) as session:
        assert "sign_in_failed" in [entry.act.value for entry in entries_about(session, who.staff_id)]


def test_a_colleague_vouches_for_a_new_key_and_the_cases_open_again(world: World) -> None:
    worker = world.hire("orxan", StaffRole.CASEWORKER)
    case, restricted = world.open(1), world.open(2)
    for one in (case, restricted):
        signed_in = world.take(one)
        with session_scope(world.console) as session:
            assign(session, signed_in=signed_in, trust=world.trust, case_id=one, to=worker)
    with session_scope(world.console) as session:
        restrict(session, signed_in=_orxan(world, PASSPHRASE), case_id=restricted)
    with session_scope(world.engine) as session:
        key = (1, world.own.private_key)
        assert (
            recover_with_colleague(
                session, login="orxan", organisation_id=world.own.organisation_id, organisation_key=key, new=NEW
            )
            == 1
        )
    orxan = _orxan(world, "ten-eleven")
    with session_scope(world.console) as session:
        assert read_case(session, signed_in=orxan, case_id=case, trust=world.trust).values
        with pytest.raises(CaseNotFound, match="no key"):
            read_case(session, signed_in=orxan, case_id=restricted, trust=world.trust)


@pytest.mark.parametrize("login", ["nobody", "samir"])
def test_who_has_left_or_never_was_recovers_nothing(world: World, login: str) -> None:
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    with pytest.raises(ReferralError, match="no active login"), session_scope(world.engine) as session:
        recover_with_code(session, login=login, recovery_code=RECOVERY, new=NEW)


def test_new_words_and_keys_show_nothing_of_themselves(world: World) -> None:
    for thing in (NEW, world.own, world.signed_in()):
        assert "ten-eleven" not in repr(thing)
        assert repr(world.own.private_key) not in repr(thing)


def _orxan(world: World, passphrase: str) -> SignedIn:
    with session_scope(world.console) as session:
        found = sign_in(session, login="orxan", passphrase=passphrase)
    assert found is not None
    return replace(found, trust=world.trust)


def test_nobody_of_another_organisation_can_help(world: World) -> None:
    """Their key would be sealed to somebody who must not have it, and the own grant would be lost."""
    other = world.partner()
    with pytest.raises(ReferralError, match="another organisation"), session_scope(world.engine) as session:
        recover_with_colleague(
            session,
            login="leyla",
            organisation_id=other.organisation_id,
            organisation_key=(1, other.private_key),
            new=NEW,
        )
    assert comes_in(world, PASSPHRASE)
