"""A copy of the database and what comes back from it, with the commands of docs/operators.md."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.cli.restoring import settle
from bot.settings import Settings
from referral import erase, session_scope
from referral.models import CaseKey, CaseRecord
from referral.retention import journal
from referral.service.common import today
from tests.databases import OWNER, address, reached
from tests.postgres import SUPERUSER, Cluster, program
from tests.referral import rows
from tests.referral.conftest import World, code_of

pytestmark = pytest.mark.databases("postgresql")
WITHOUT_KEYS = ("--format=custom", "--exclude-table-data=public.case_key")
KEYS_ONLY = ("--format=custom", "--data-only", "--table=public.case_key")


def run(cluster: Cluster, command: str, *options: str, user: str = SUPERUSER) -> subprocess.CompletedProcess[bytes]:
    """Run one of PostgreSQL's programs."""
    where = ("--host", str(cluster.folder), "--username", user, "--no-password")
    return subprocess.run([program(command), *where, *options], capture_output=True, check=False)


def dump(cluster: Cluster, world: World, path: Path, *options: str) -> bytes:
    """Write a copy as the server's administrator does; return its bytes."""
    done = run(cluster, "pg_dump", *options, f"--file={path}", str(world.engine.url.database))
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


def test_a_copy_brings_everything_back_with_its_rights_but_what_was_erased_since(
    cluster: Cluster, world: World, tmp_path: Path
) -> None:
    gone, kept = world.open(1, chat=5), world.open(2)
    blobs = _keys(world)
    content = dump(cluster, world, tmp_path / "korpu.dump", *WITHOUT_KEYS, "--compress=0")
    keys = dump(cluster, world, tmp_path / "case_keys.dump", *KEYS_ONLY, "--compress=0")
    assert [(blob.hex().encode() in content, blob.hex().encode() in keys) for blob in blobs] == [(False, True)] * 2
    with session_scope(world.bot) as session:
        assert erase(session, case_id=gone, proof=code_of(1).tag)
    with session_scope(world.janitor) as session:
        assert journal.write(session, world.data_dir / journal.FILE, today=today()) == 1
    with cluster.database(owner=OWNER) as name:
        for file in ("korpu.dump", "case_keys.dump"):
            done = run(cluster, "pg_restore", "--exit-on-error", f"--dbname={name}", str(tmp_path / file))
            assert done.returncode == 0, done.stderr
        with reached(cluster, name) as database:
            back = World(database, world.data_dir, world.public, world.own)
            assert _keys(back) == blobs
            environ = {"KORPU_DATA_DIR": str(world.data_dir), "KORPU_DATABASE_URL": address(back.engine)}
            assert settle(Settings.from_env(environ)).cases_erased == 1
            assert [row.case_id for row in _cases(back)] == [kept]
            assert back.read(kept).values
            back.open(3)
            with session_scope(back.bot) as session:
                assert session.scalars(select(CaseRecord)).all() == []


def test_the_owner_cannot_make_half_a_copy_by_mistake(cluster: Cluster, world: World) -> None:
    world.open()
    refused = run(cluster, "pg_dump", str(world.engine.url.database), user=OWNER)
    assert (refused.returncode, b"row-level security" in refused.stderr) == (1, True)


def test_an_erased_row_is_off_the_disk_after_the_operators_vacuum(cluster: Cluster, world: World) -> None:
    case = world.open()
    (blob,) = _keys(world)
    name = str(world.engine.url.database)
    assert blob in cluster.bytes_of(name)
    with session_scope(world.bot) as session:
        assert erase(session, case_id=case, proof=code_of(1).tag)
    vacuum(cluster, name)
    assert blob not in cluster.bytes_of(name)


def test_every_table_of_a_copy_has_row_level_security_forced(cluster: Cluster, world: World, tmp_path: Path) -> None:
    dump(cluster, world, tmp_path / "korpu.dump", *WITHOUT_KEYS)
    with cluster.database(owner=OWNER) as name:
        run(cluster, "pg_restore", f"--dbname={name}", str(tmp_path / "korpu.dump"))
        with cluster.superuser(name) as connection:
            forced = set(connection.scalars(text("SELECT relname FROM pg_class WHERE relforcerowsecurity")))
            assert forced == {table.name for table in rows.tables(connection)}


def vacuum(cluster: Cluster, name: str) -> None:
    """Do what operators do every night, until it could remove everything.

    A transaction that writes, in any database of the server, keeps what was erased after it began. Here that is the
    making of the next test's database.
    """
    for _time in range(200):
        done = run(cluster, "vacuumdb", "--full", "--verbose", "--table=public.case_key", f"--dbname={name}")
        assert done.returncode == 0, done.stderr
        if b" 0 dead row versions cannot be removed yet" in done.stderr:
            return
    raise AssertionError("Something holds a transaction open.")


def _keys(world: World) -> list[bytes]:
    with session_scope(world.engine) as session:
        return sorted(row.sealed_key.blob for row in session.scalars(select(CaseKey)))


def _cases(world: World) -> list[CaseRecord]:
    with session_scope(world.engine) as session:
        return list(session.scalars(select(CaseRecord)))
