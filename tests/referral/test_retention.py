"""What is due goes and what is not stays, by a moved clock."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from referral import RETENTION_DAYS, ReferralStatus, session_scope, withdraw
from referral.audit import verify
from referral.models import CaseField, CaseKey, CaseRecord, OutboxRow, RouteRow, StaffNotice, Tombstone
from referral.retention.purge import Round, purge
from referral.service.common import ROUTE_DAYS, UNTOUCHED_DAYS
from tests.databases import address
from tests.referral.conftest import World, code_of

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = dt.datetime.now(tz=dt.UTC)


def round_after(world: World, *, dry_run: bool = False, **later: int) -> Round:
    """Make one round some time later."""
    with session_scope(world.janitor) as session:
        return purge(session, now=TODAY + dt.timedelta(**later), dry_run=dry_run)


def closed(world: World, number: int = 1) -> UUID:
    """Return a case that was closed today."""
    case = world.open(number, chat=number)
    world.take(case)
    world.close(case)
    return case


def test_a_closed_case_goes_on_its_day_and_an_open_one_stays(world: World) -> None:
    gone, kept = closed(world, 1), world.open(2, chat=2)
    assert round_after(world, days=RETENTION_DAYS - 1).cases == ()
    assert round_after(world, days=RETENTION_DAYS, dry_run=True).cases == (gone,)
    assert world.count(CaseRecord) == 2
    assert round_after(world, days=RETENTION_DAYS).cases == (gone,)
    with session_scope(world.engine) as session:
        assert [row.case_id for row in session.query(CaseRecord)] == [kept]
        assert {row.case_id for row in session.query(CaseField)} == {kept}
        assert {row.case_id for row in session.query(CaseKey)} == {kept}
        assert session.query(Tombstone).one().reason == "retention"
        assert verify(session) == []


def test_a_case_that_is_opened_again_stays(world: World) -> None:
    case = closed(world)
    world.close(case, ReferralStatus.IN_PROGRESS)
    assert not round_after(world, days=RETENTION_DAYS).anything or world.count(CaseRecord) == 1
    assert (world.count(CaseRecord), world.count(RouteRow)) == (1, 1)


def test_the_way_back_to_a_chat_goes_before_the_case(world: World) -> None:
    closed(world)
    assert round_after(world, days=ROUTE_DAYS - 1).routes == ()
    assert len(round_after(world, days=ROUTE_DAYS).routes) == 1
    assert (world.count(RouteRow), world.count(CaseRecord)) == (0, 1)


def test_what_was_taken_back_goes_too(world: World) -> None:
    case = world.open(chat=5)
    with session_scope(world.bot) as session:
        assert withdraw(session, case_id=case, proof=code_of(1).tag)
    round_after(world, days=RETENTION_DAYS)
    assert (world.count(CaseRecord), world.count(RouteRow)) == (0, 0)


def test_an_open_case_that_nobody_touches_goes_after_a_year(world: World) -> None:
    case = world.open()
    assert round_after(world, days=UNTOUCHED_DAYS).cases == ()
    assert round_after(world, days=UNTOUCHED_DAYS + 1).cases == (case,)


def test_a_reply_that_is_too_old_is_dropped_and_staff_see_it(world: World) -> None:
    case = world.open(chat=5)
    world.take(case)
    world.reply(case)
    assert round_after(world, hours=71).replies == ()
    assert len(round_after(world, hours=73).replies) == 1
    with session_scope(world.engine) as session:
        assert session.query(OutboxRow).one().sealed is None
    assert world.read(case).messages[-1].delivery == "expired"


def test_old_notices_go(world: World) -> None:
    world.open()
    assert len(round_after(world, days=31).notices) == 1
    assert world.count(StaffNotice) == 0


@pytest.mark.parametrize(("option", "alive"), [("--once", True), ("--dry-run", False)])
def test_the_process_makes_a_round(world: World, option: str, alive: bool) -> None:
    result = _janitor(world.data_dir, option, KORPU_DATABASE_URL=address(world.janitor))
    assert (result.returncode, (world.data_dir / "run" / "janitor.alive").exists()) == (0, alive)


@pytest.mark.databases("sqlite")
def test_the_process_empties_the_write_ahead_log(world: World) -> None:
    world.open()
    assert (world.data_dir / "korpu.db-wal").stat().st_size > 0
    assert _janitor(world.data_dir, "--once").returncode == 0
    assert (world.data_dir / "korpu.db-wal").stat().st_size == 0


def test_a_round_that_failed_is_no_success(tmp_path: Path) -> None:
    result = _janitor(tmp_path, "--once")
    assert (result.returncode, "OperationalError" in result.stderr) == (1, True)
    assert not (tmp_path / "run" / "janitor.alive").exists()


def _janitor(data_dir: Path, option: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KORPU_")}
    return subprocess.run(
        [sys.executable, "-m", "referral.retention", option],
        env=environment | {"KORPU_DATA_DIR": str(data_dir), **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
