"""Copy the SQLite databases while they are in use, and remove copies that are too old.

The keys of the cases are taken out of the copy into a file of their own: without it nothing of a case can be opened.
No copy of the keys lives longer than a week, so that what was erased cannot be read from an old copy either.
`korpu restore` puts a copy back. Needs nothing but Python. For PostgreSQL see docs/operators.md.
"""

import argparse
import datetime as dt
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

DATABASES = ("korpu.db", "gateway.db")
KEYS = "case_keys.db"
JOURNAL = "erased.journal"
KEPT_DAYS = 7
FORMAT = "%Y-%m-%dT%H%M%SZ"


class BackupError(Exception):
    """No copy could be made; the message says why."""


def back_up(data_dir: Path, target: Path, *, now: dt.datetime) -> Path:
    """Make a folder named after the time in `target` with a copy of each database, whole or not at all."""
    missing = [name for name in DATABASES if not (data_dir / name).exists()]
    if DATABASES[0] in missing:
        raise BackupError(f"{data_dir / DATABASES[0]} is not there. Is KORPU_DATA_DIR right?")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target / f".part-{os.getpid()}"
    part.mkdir(mode=0o700)
    try:
        for name in sorted(set(DATABASES) - set(missing)):
            _copy(data_dir / name, part / name)
        _take_out_keys(part / DATABASES[0], part / KEYS)
        if (data_dir / JOURNAL).exists():
            shutil.copyfile(data_dir / JOURNAL, part / JOURNAL)
        return part.rename(target / now.strftime(FORMAT))
    finally:
        shutil.rmtree(part, ignore_errors=True)


def remove_old(target: Path, *, now: dt.datetime) -> list[Path]:
    """Remove the copies that are older than a week; return them."""
    limit = (now - dt.timedelta(days=KEPT_DAYS)).strftime(FORMAT)  # such names sort as the times do
    old = [path for path in target.glob("20*T*Z") if path.name < limit]
    for path in old:
        shutil.rmtree(path)
    return old


def _copy(source: Path, copy: Path) -> None:
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(copy)) as into:
        database.backup(into)
        if into.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(f"The copy of {source} is damaged. Check the disk.")


def _take_out_keys(database: Path, keys: Path) -> None:
    """Move the table of case keys into a file of its own and leave no byte of it behind."""
    keys.touch(mode=0o600)
    with closing(sqlite3.connect(database, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("ATTACH ? AS keys", (str(keys),))
        copy.execute("CREATE TABLE keys.case_key AS SELECT * FROM main.case_key")
        copy.execute("DELETE FROM main.case_key")
        copy.execute("DETACH keys")
        copy.execute("VACUUM")


def main() -> int:
    """Make a copy and remove old ones; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder for the copies")
    target = parser.parse_args().target
    data_dir = Path(os.environ.get("KORPU_DATA_DIR") or Path(__file__).resolve().parent.parent / "var")
    now = dt.datetime.now(tz=dt.UTC)
    try:
        made = back_up(data_dir, target, now=now)
        old = remove_old(target, now=now)
    except (BackupError, OSError, sqlite3.Error) as error:
        print(f"No backup was made: {error}", file=sys.stderr)
        return 1
    print(f"Made {made}; removed {len(old)} old one(s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
