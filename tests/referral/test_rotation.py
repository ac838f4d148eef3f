"""Changing an organisation's key, and what a leaver or a thief of the database cannot do afterwards."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy import select

from referral import ReferralStatus, open_referral, session_scope
from referral.adminkey import demo_admin_key
from referral.crypto.sealed import open_bytes
from referral.crypto.staff import KdfProfile, new_staff_keys
from referral.enums import StaffRole
from referral.errors import ForgedRecord, NotPermitted, SealBroken, StaleEpoch
from referral.models import CaseField, CaseKey, CaseMessage, OrganisationKey, OrganisationKeyGrant, Staff
from referral.publishing import publish
from referral.retention.purge import purge
from referral.service.assigning import assign
from referral.service.common import today
from referral.service.queue import open_queue
from referral.service.rotation import Rotated, rotate_key
from referral.service.staff import add_staff, disable_staff, organisation_keys
from tests.referral.conftest import PASSPHRASE, RECOVERY, World


def rotate(world: World, login: str = "leyla") -> Rotated:
    """Change the organisation's key as `korpu keys rotate` does."""
    signed_in, trust = world.signed_in(login), world.trust
    with session_scope(world.engine) as session:
        done = rotate_key(session, signed_in=signed_in, trust=trust)
        key = demo_admin_key(world.data_dir)
        publish(session, data_dir=world.data_dir, admin_key=key, organisation=done.listed, today=today())
    return done


def test_old_and_new_cases_open_after_a_change_of_the_key(world: World) -> None:
    old = world.open(1)
    done = rotate(world)
    assert (done.listed.epoch, done.cases, done.staff) == (2, 1, 2)
    new = world.open(2)
    for login in ("leyla", "samir"):
        signed_in = world.signed_in(login)
        with session_scope(world.console) as session:
            assert {entry.case_id for entry in open_queue(session, signed_in=signed_in)} == {old, new}
    assert rotate(world, "samir").listed.epoch == 3


def test_the_old_key_opens_nothing_any_more(world: World) -> None:
    case = world.open()
    signed_in = world.signed_in("samir")
    with session_scope(world.engine) as session:
        old = organisation_keys(session, signed_in=signed_in)[1]
        disable_staff(session, login="samir")
    rotate(world)
    world.open(2)
    with session_scope(world.engine) as session:
        for row in session.scalars(select(CaseKey)):
            with pytest.raises(SealBroken):
                open_bytes(old, row.sealed_key)
            with pytest.raises(SealBroken):
                open_bytes(signed_in.private_key, row.sealed_key)
    assert world.read(case).values


def test_an_intake_that_began_before_the_change_is_not_lost(world: World) -> None:
    begun = world.submission(1)
    rotate(world)
    with session_scope(world.bot) as session:
        case = open_referral(session, submission=begun).case_id
    assert world.read(case).values
    assert rotate(world).cases == 1
    assert world.read(case).values


def test_an_intake_under_a_key_that_was_changed_long_ago_is_refused(world: World) -> None:
    begun = world.submission(1)
    rotate(world)
    with session_scope(world.engine) as session:
        session.get_one(OrganisationKey, (world.own.organisation_id, 1)).retired_day = today() - dt.timedelta(days=3)
    with pytest.raises(StaleEpoch), session_scope(world.bot) as session:
        open_referral(session, submission=begun)


@pytest.mark.databases("sqlite")
def test_a_database_from_before_a_change_catches_up_with_the_list(world: World, tmp_path: Path) -> None:
    case = world.open(1)
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(world.data_dir / "korpu.db")) as database, closing(sqlite3.connect(copy)) as into:
        database.backup(into)
    rotate(world)
    world.engine.dispose()
    for leftover in world.data_dir.glob("korpu.db*"):
        leftover.unlink()
    shutil.copyfile(copy, world.data_dir / "korpu.db")
    with pytest.raises(StaleEpoch):
        world.open(2)
    assert rotate(world).listed.epoch == 3
    world.open(2)
    assert world.read(case).values


def test_former_keys_go_once_nothing_is_under_them(world: World) -> None:
    world.open()
    rotate(world)
    later = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=4)
    assert world.count(OrganisationKeyGrant) == 4
    with session_scope(world.janitor) as session:
        purge(session, now=later)
    with session_scope(world.engine) as session:
        assert {row.epoch for row in session.scalars(select(OrganisationKeyGrant))} == {2}


def test_who_does_not_hold_the_key_cannot_change_it(world: World) -> None:
    world.hire("orxan", StaffRole.CASEWORKER)
    with pytest.raises(NotPermitted):
        rotate(world, "orxan")


def test_a_key_that_a_thief_put_beside_a_colleagues_name_is_never_sealed_to(world: World) -> None:
    case = world.open()
    signed_in = world.take(case)
    thief = PrivateKey.generate()
    with session_scope(world.engine) as session:
        samir = session.scalars(select(Staff).where(Staff.login == "samir")).one()
        samir.public_key = bytes(thief.public_key)
    with pytest.raises(ForgedRecord, match="not certified"), session_scope(world.console) as session:
        assign(session, signed_in=signed_in, trust=world.trust, case_id=case, to=samir.id)
    with pytest.raises(ForgedRecord, match="Nothing was changed"):
        rotate(world)
    assert world.public.manifest.number == world.trust.manifest.number


def test_an_account_that_a_thief_made_is_not_certified(world: World) -> None:
    case = world.open()
    signed_in = world.take(case)
    keys = new_staff_keys("thief", recovery_code="thief", profile=KdfProfile(1, 8 * 1024 * 1024))
    with session_scope(world.engine) as session:
        samir = session.scalars(select(Staff).where(Staff.login == "samir")).one()
        samir.public_key, samir.verify_key = keys.public_key, keys.verify_key
        samir.certificate = bytes(64)
    with pytest.raises(ForgedRecord), session_scope(world.console) as session:
        assign(session, signed_in=signed_in, trust=world.trust, case_id=case, to=samir.id)


def test_a_leaver_with_the_old_key_cannot_certify_anybody(world: World) -> None:
    case = world.open()
    rotate(world)
    signed_in = world.take(case)
    with session_scope(world.engine) as session:
        forged = add_staff(
            session,
            organisation_id=world.own.organisation_id,
            login="forged",
            role=StaffRole.INTAKE,
            passphrase=PASSPHRASE,
            recovery_code=RECOVERY,
            profile=KdfProfile(1, 8 * 1024 * 1024),
            organisation_key=(1, world.own.private_key),
        )
    with pytest.raises(ForgedRecord, match="present key"), session_scope(world.console) as session:
        assign(session, signed_in=signed_in, trust=world.trust, case_id=case, to=forged)
    with pytest.raises(ForgedRecord, match="Nothing was changed"):
        rotate(world)


def test_what_a_colleague_wrote_stays_genuine_after_they_left_and_the_key_changed(world: World) -> None:
    case = world.open()
    world.take(case, "samir")
    world.reply(case, "we read it", "samir")
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    rotate(world)
    (message,) = world.read(case).messages
    assert (message.author, message.verified) == ("samir", True)


def test_a_message_in_another_colleagues_name_is_shown_as_forged(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case, "we read it")
    with session_scope(world.engine) as session:
        samir = session.scalars(select(Staff).where(Staff.login == "samir")).one()
        session.scalars(select(CaseMessage)).one().staff_id = samir.id
    (message,) = world.read(case).messages
    assert (message.text, message.verified) == ("we read it", False)
    with session_scope(world.engine) as session:
        session.scalars(select(CaseMessage)).one().staff_id = None
    assert [message.verified for message in world.read(case).messages] == [False]


def test_a_reason_without_its_authors_signature_is_shown_as_forged(world: World) -> None:
    case = world.open()
    world.take(case)
    world.close(case, ReferralStatus.REJECTED)
    reason = next(value for value in world.read(case).values if value.field == "reason")
    assert (reason.verified, reason.author) == (True, "leyla")
    with session_scope(world.engine) as session:
        session.get_one(CaseField, (case, "reason", 0)).staff_id = None
    assert [value.verified for value in world.read(case).values if value.field == "reason"] == [False]
