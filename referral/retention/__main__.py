"""The janitor's process: a round every minute, and a sign of life."""

import argparse
import datetime as dt
import logging
import signal
import sys
import threading
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from referral.db import checkpoint, engine_for, session_scope
from referral.retention import journal
from referral.retention.consents import end_with_their_consent
from referral.retention.purge import purge
from referral.retention.reminders import remind
from referral.settings import ReferralSettings, SettingsError

logger = logging.getLogger("referral.retention")
ROUND_SECONDS = 60.0  # what a person erases stays in SQLite's write-ahead log until the next round


def run(settings: ReferralSettings, *, once: bool, dry_run: bool) -> bool:
    """Make rounds until SIGTERM, or one; return whether the last one succeeded."""
    engine = engine_for(settings.database_url)
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    while True:
        done = _round(engine, settings.data_dir, dry_run=dry_run)
        if once or stopped.wait(ROUND_SECONDS):
            return done


def _round(engine: Engine, data_dir: Path, *, dry_run: bool) -> bool:
    """Make one round and give a sign of life; a dry run touches nothing."""
    now = dt.datetime.now(tz=dt.UTC)
    try:
        with session_scope(engine) as session:
            result = purge(session, now=now, dry_run=dry_run)
        if dry_run:
            logger.info("Would remove: %s.", result)
            return True
        if result.anything:
            logger.info("Removed: %s.", result)
        with session_scope(engine) as session:
            ended = end_with_their_consent(session, day=now.date())
            reminded = remind(session, now=now)
            journal.write(session, data_dir / journal.FILE, today=now.date())
        if ended:
            logger.info("Sharings whose consent has ended: %d.", ended)
        if reminded:
            logger.info("Cases that wait longer than they should: %d.", reminded)
        if not checkpoint(engine):
            logger.warning("The write-ahead log is in use and still holds what was removed; the next round empties it.")
    except SQLAlchemyError as error:
        logger.error("A round failed (%s); the next one tries again.", type(error).__name__)
        return False
    alive = data_dir / "run" / "janitor.alive"
    alive.parent.mkdir(parents=True, exist_ok=True)
    alive.touch()
    return True


def main() -> int:
    """Return the exit code after one clear line about what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m referral.retention", description=__doc__)
    parser.add_argument("--once", action="store_true", help="make one round and stop")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = ReferralSettings.from_env("janitor")
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if run(settings, once=options.once or options.dry_run, dry_run=options.dry_run) else 1


if __name__ == "__main__":
    sys.exit(main())
