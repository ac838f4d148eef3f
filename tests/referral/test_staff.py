"""Staff accounts: who comes in, who does not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from referral import ReferralError, session_scope
from referral.audit import entries_about
from referral.crypto import open_bytes
from referral.crypto.sealed import Sealed
from referral.demo import ensure_demo
from referral.enums import StaffRole
from referral.errors import SealBroken
from referral.keys import SECRETS, ensure_secrets
from referral.models import OrganisationKeyGrant, Staff
from referral.service.signing_in import begin_sign_in, finish_sign_in, sign_in
from referral.service.staff import disable_staff
from tests.referral.conftest import PASSPHRASE, World


def comes_in(world: World, passphrase: str = PASSPHRASE, login: str = "leyla") -> bool:
    """Tell whether somebody can sign in."""
    with session_scope(world.console) as session:
        return sign_in(session, login=login, passphrase=passphrase) is not None


def test_login_and_passphrase_forgive_how_they_are_typed(world: World) -> None:
    assert comes_in(world, f" {PASSPHRASE}\n", " Leyla ")
    assert not comes_in(world, PASSPHRASE.upper())
    assert not comes_in(world, login="nobody")


def test_five_wrong_passphrases_lock_the_account_and_nobody_elses(world: World) -> None:
    assert [comes_in(world, "wrong") for _ in range(5)] == [False] * 5
    assert not comes_in(world)
    assert comes_in(world, login="samir")


def test_a_right_passphrase_starts_the_count_again(world: World) -> None:
    for _ in range(2):
        assert [comes_in(world, "wrong") for _ in range(4)] == [False] * 4
        assert comes_in(world)


def test_a_try_begun_before_the_lock_does_not_come_in_after_it(world: World) -> None:
    with session_scope(world.console) as session:
        attempt = begin_sign_in(session, login="leyla")
    key = attempt.unlock(PASSPHRASE)
    for _ in range(5):
        comes_in(world, "wrong")
    with session_scope(world.console) as session:
        assert finish_sign_in(session, attempt=attempt, private_key=key) is None


def test_no_transaction_waits_for_a_passphrase(world: World) -> None:
    with session_scope(world.console) as session:
        attempt = begin_sign_in(session, login="leyla")
    with _no_query(world):
        assert attempt.unlock(PASSPHRASE) is not None


def test_an_unknown_login_is_tried_as_hard_as_a_known_one(world: World) -> None:
    with session_scope(world.console) as session:
        known, unknown = begin_sign_in(session, login="leyla").lock, begin_sign_in(session, login="nobody").lock
    assert (unknown.operations, unknown.memory) == (known.operations, known.memory)


def test_signing_in_and_failing_are_in_the_log(world: World) -> None:
    who = world.signed_in()
    comes_in(world, "wrong")
    with session_scope(world.engine) as session:
        acts = [entry.act.value for entry in entries_about(session, who.staff_id)]
    assert acts == ["staff_added", "signed_in", "sign_in_failed"]


def test_a_leaver_cannot_sign_in_and_the_last_key_holder_cannot_leave(world: World) -> None:
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    assert not comes_in(world, login="samir")
    with pytest.raises(ReferralError, match="last one"), session_scope(world.engine) as session:
        disable_staff(session, login="leyla")
    assert comes_in(world)
    with pytest.raises(ReferralError, match="no login"), session_scope(world.engine) as session:
        disable_staff(session, login="nobody")


@pytest.mark.parametrize("login", ["leyla", "LEYLA", " "])
def test_a_login_is_given_once(world: World, login: str) -> None:
    with pytest.raises(ReferralError, match="empty or taken"):
        world.hire(login, StaffRole.INTAKE)


def test_the_organisations_key_opens_for_its_holder_only(world: World) -> None:
    leyla, samir = world.signed_in("leyla"), world.signed_in("samir")
    with session_scope(world.engine) as session:
        grants = {row.staff_id: row.sealed_key for row in session.scalars(select(OrganisationKeyGrant))}
        locks = [Sealed(row.locked_private_key) for row in session.scalars(select(Staff))]
    assert open_bytes(leyla.private_key, grants[leyla.staff_id]) == open_bytes(
        samir.private_key, grants[samir.staff_id]
    )
    for blob in (grants[samir.staff_id], *locks):
        with pytest.raises(SealBroken):
            open_bytes(leyla.private_key, blob)


def test_the_demonstration_is_made_once(world: World) -> None:
    assert ensure_demo(world.engine, data_dir=world.data_dir) is None  # real keys, or keys of another making
    assert world.count(Staff) == 2


def test_secrets_are_for_their_owner_only_and_never_made_anew(world: World) -> None:
    before = {name: world.secret(name) for name in SECRETS}
    ensure_secrets(world.data_dir)
    assert {name: world.secret(name) for name in SECRETS} == before
    folder = world.data_dir / "secrets"
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o077 == 0
    assert len(set(before.values())) == len(SECRETS)


@contextmanager
def _no_query(world: World) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise AssertionError("the database was asked")

    event.listen(world.console, "begin", refuse)
    try:
        yield
    finally:
        event.remove(world.console, "begin", refuse)
