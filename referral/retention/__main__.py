"""The janitor's process: a round every ten minutes, and a sign of life."""

import argparse
import datetime as dt
import logging
import signal
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from referral.db import checkpoint, engine_for, session_scope
from referral.retention.purge import purge
from referral.settings import ReferralSettings, SettingsError

logger = logging.getLogger("referral.retention")
ROUND_SECONDS = 600.0


def run(settings: ReferralSettings, *, once: bool, dry_run: bool) -> None:
    """Make rounds until SIGTERM, or one."""
    engine = engine_for(settings.database_url)
    alive = settings.data_dir / "run" / "janitor.alive"
    alive.parent.mkdir(parents=True, exist_ok=True)
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    while True:
        try:
            with session_scope(engine) as session:
                result = purge(session, now=dt.datetime.now(tz=dt.UTC), dry_run=dry_run)
            checkpoint(engine)
            logger.info("%s: %s", "Would remove" if dry_run else "Removed", result)
            alive.touch()
        except SQLAlchemyError as error:
            logger.error("A round failed (%s); the next one tries again.", type(error).__name__)
        if once or stopped.wait(ROUND_SECONDS):
            return


def main() -> int:
    """Return the exit code after one clear line about what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m referral.retention", description=__doc__)
    parser.add_argument("--once", action="store_true", help="make one round and stop")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = ReferralSettings.from_env()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    run(settings, once=options.once or options.dry_run, dry_run=options.dry_run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
