"""Where the editors' words stand that are shown: the newest release, else the editors' files (docs/adr/0010).

The bot's `bot/released.py` does the same for its processes; this package stands alone.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)
CONTENT, LIVE = "content", "live"
LOOK_SECONDS = 0.3
AGAIN_SECONDS = 5.0  # until a release that could not be read is tried once more
Made = TypeVar("Made")


def released_folder(data_dir: Path, locales: Path) -> Path:
    """Return the folder to read from: a release itself, not the pointer to it, which may move while one reads."""
    content = data_dir / CONTENT
    try:
        return content / (content / LIVE).readlink()
    except FileNotFoundError:
        return locales


class Followed(Generic[Made]):
    """Something made from the released files, made anew when another release is live. Any thread may ask."""

    def __init__(
        self,
        data_dir: Path,
        locales: Path,
        make: Callable[[Path], Made],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it for the first time; raise what `make` raises."""
        self._places = data_dir, locales
        self._make = make
        self._clock = clock
        self._turn = threading.Lock()
        self._folder = released_folder(data_dir, locales)
        self._made = make(self._folder)
        self._looked = clock()
        self._failed: tuple[Path, float] | None = None

    def current(self) -> Made:
        """Return it as it is now; the pointer is looked at, unless that was done a moment ago."""
        if self._clock() - self._looked >= LOOK_SECONDS and self._turn.acquire(blocking=False):
            try:
                self._follow(released_folder(*self._places))
            finally:
                self._looked = self._clock()
                self._turn.release()
        return self._made

    def _follow(self, folder: Path) -> None:
        failed, at = self._failed or (None, 0.0)
        if folder == self._folder or (folder == failed and self._clock() - at < AGAIN_SECONDS):
            return
        try:
            made = self._make(folder)
        except Exception as error:  # whatever is wrong with it, staff go on with the words before
            if failed != folder:
                kind = type(error).__name__
                logger.error("The release %s cannot be read (%s); the one before stays.", folder.name, kind)
            self._failed = folder, self._clock()
        else:
            self._made, self._folder, self._failed = made, folder, None
