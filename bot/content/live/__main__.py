"""The process of the keeper of content: two looks a second, and a sign of life."""

import logging
import signal
import sys
import threading
from pathlib import Path

from bot.content.live.keeper import Keeper
from bot.errors import OperatorError
from bot.settings import Settings

logger = logging.getLogger("bot.content.live")
LOOK_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 5.0


def run(settings: Settings) -> None:
    """Look until SIGTERM or SIGINT."""
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    keeper = Keeper(settings.released)
    alive = settings.data_dir / "run" / "content.alive"
    alive.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _look(keeper, alive)
    keeper.warm_up()
    while not stopped.wait(_look(keeper, alive)):
        pass


def _look(keeper: Keeper, alive: Path) -> float:
    """Look once and give a sign of life; return how many seconds to wait before the next look."""
    try:
        keeper.look()
        alive.touch(mode=0o600)
    except OSError as error:
        logger.error("What is live stays: %s. Trying again.", error.strerror or type(error).__name__)
        return AFTER_FAILURE_SECONDS
    return LOOK_SECONDS if keeper.is_settled else 0.0


def main() -> int:
    """Return the exit code after one clear line about what is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        run(Settings.from_env())
    except OperatorError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
