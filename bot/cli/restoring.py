"""Putting a backup back, so that what was erased stays erased."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.cli.database import transaction
from bot.errors import OperatorError
from bot.settings import Settings
from bot.supervisor.prepare import ready_database
from referral import checkpoint, engine_for
from referral.checkpoints import FILE
from referral.retention import journal

DATABASE, KEYS, GATEWAY = "korpu.db", "case_keys.db", "gateway.db"


def put_back(settings: Settings, folder: Path) -> None:
    """Copy a backup's databases into the data folder; raise `OperatorError` before anything is touched."""
    file = make_url(settings.database_url).database
    if make_url(settings.database_url).get_backend_name() != "sqlite" or file is None:
        raise OperatorError("Only SQLite is restored from a folder. Use pg_restore, then `korpu restore` without one.")
    if not (folder / DATABASE).exists():
        raise OperatorError(f"{folder} is not a backup: {DATABASE} is missing. Nothing was changed.")
    for target, source in ((Path(file), folder / DATABASE), (settings.data_dir / GATEWAY, folder / GATEWAY)):
        if source.exists():
            _replace(target, source)
    if (folder / KEYS).exists():
        _bring_keys(Path(file), folder / KEYS)


def settle(settings: Settings) -> journal.Applied:
    """Bring the schema up to date and end again what the journal names; return how much that was."""
    ready_database(settings)
    with transaction(settings) as session:
        gone = journal.apply(session, settings.data_dir / journal.FILE)
    engine = engine_for(settings.database_url)
    try:
        checkpoint(engine)
    finally:
        engine.dispose()
    return gone


def set_checkpoints_aside(settings: Settings) -> Path | None:
    """Keep the checkpoints of the log that is gone under another name; return it, None when there are none."""
    path = settings.data_dir / "checkpoints" / FILE
    if not path.exists():
        return None
    stamp = dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    return path.rename(path.with_name(f"before-restore-{stamp}.jsonl"))


def _replace(target: Path, source: Path) -> None:
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    for leftover in (target.with_name(f"{target.name}-wal"), target.with_name(f"{target.name}-shm")):
        leftover.unlink(missing_ok=True)
    part.rename(target)


def _bring_keys(database: Path, keys: Path) -> None:
    """Put the keys of the cases, which are kept apart and for a week only, back into the database."""
    with closing(sqlite3.connect(database)) as into:
        into.execute("ATTACH ? AS keys", (str(keys),))
        into.execute("INSERT OR REPLACE INTO main.case_key SELECT * FROM keys.case_key")
        into.commit()
