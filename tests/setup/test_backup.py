"""deploy/backup.py: a copy of databases that are in use, and no copy older than a week."""

import datetime as dt
import importlib.util
import sqlite3
import stat
from pathlib import Path
from types import ModuleType

import pytest

from bot.paths import ROOT

NOW = dt.datetime(2026, 11, 24, 3, 10, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def backup() -> ModuleType:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("backup", ROOT / "deploy" / "backup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return a data folder with a database in write-ahead mode."""
    folder = tmp_path / "var"
    folder.mkdir()
    database = sqlite3.connect(folder / "korpu.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE case_record (id)")
    database.execute("CREATE TABLE case_key (case_id, sealed_key)")
    database.commit()
    database.close()
    return folder


def test_a_database_in_use_is_copied_with_what_is_only_in_its_log(
    backup: ModuleType, data_dir: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(data_dir / "korpu.db") as writer:
        writer.execute("INSERT INTO case_record VALUES (7)")
        writer.commit()
        made = backup.back_up(data_dir, tmp_path / "copies", now=NOW)
    writer.close()
    copy = sqlite3.connect(made / "korpu.db")
    assert copy.execute("SELECT id FROM case_record").fetchall() == [(7,)]
    copy.close()
    assert made.name == "2026-11-24T031000Z"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "korpu.db").stat().st_mode) == 0o600


def test_copies_older_than_a_week_go(backup: ModuleType, data_dir: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    for days in (0, 6, 8, 30):
        backup.back_up(data_dir, copies, now=NOW - dt.timedelta(days=days))
    (copies / "notes").mkdir()
    assert len(backup.remove_old(copies, now=NOW)) == 2
    assert sorted(path.name for path in copies.iterdir()) == ["2026-11-18T031000Z", "2026-11-24T031000Z", "notes"]


def test_a_failure_leaves_nothing_half_done(backup: ModuleType, data_dir: Path, tmp_path: Path) -> None:
    (data_dir / "gateway.db").write_text("this is no database, it only looks like one from outside")
    with pytest.raises(sqlite3.DatabaseError):
        backup.back_up(data_dir, tmp_path / "copies", now=NOW)
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_wrong_folder_is_told(backup: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(backup.BackupError, match="Is KORPU_DATA_DIR right"):
        backup.back_up(tmp_path, tmp_path / "copies", now=NOW)
