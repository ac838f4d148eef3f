"""Where the words stand that people see: the newest release of the editors' files, else those files themselves.

`docs/adr/0010-released-content.md` has the reasons. `bot.content.live` makes the releases; here they are only read.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)
FOLDER = "content"  # below the data folder
LIVE = "live"
LOOK_SECONDS = 0.3
AGAIN_SECONDS = 5.0  # until a release that could not be read is tried once more
Made = TypeVar("Made")
Clock = Callable[[], float]


@dataclass(frozen=True)
class Released:
    """The place of the releases, and of the editors' files, which are read while there is no release."""

    data_dir: Path
    locales_dir: Path

    @property
    def content_dir(self) -> Path:
        """Return the folder of the releases and of what is told about them."""
        return self.data_dir / FOLDER

    def folder(self) -> Path:
        """Return the folder to read from: a release itself, not the pointer to it, which may move while one reads."""
        try:
            return self.content_dir / (self.content_dir / LIVE).readlink()
        except FileNotFoundError:
            return self.locales_dir


class Followed(Generic[Made]):
    """Something that is made from the released files, and made anew when another release is live.

    It is replaced in one assignment. When it cannot be made, the one before stays, the log says so, and it is tried
    again from time to time. Any thread may ask.
    """

    def __init__(self, released: Released, make: Callable[[Path], Made], *, clock: Clock = time.monotonic) -> None:
        """Make it for the first time; raise what `make` raises."""
        self._released = released
        self._make = make
        self._clock = clock
        self._turn = threading.Lock()
        self._folder = released.folder()
        self._made = make(self._folder)
        self._looked = clock()
        self._failed: tuple[Path, float] | None = None

    @property
    def latest(self) -> Made:
        """Return what was made last, without looking."""
        return self._made

    @property
    def has_moved(self) -> bool:
        """Tell whether the pointer shows something else than what was made; costs no more than reading the pointer."""
        folder = self._released.folder()
        return folder != self._folder and not self._has_just_failed(folder)

    def current(self) -> Made:
        """Return it as it is now; look at the pointer first, unless that was done a moment ago."""
        if self._clock() - self._looked >= LOOK_SECONDS:
            self.look()
        return self._made

    def look(self) -> bool:
        """Look at the pointer and make it anew if it has moved; tell whether it was. Who comes second does not wait."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            return self._follow()
        finally:
            self._looked = self._clock()
            self._turn.release()

    def _follow(self) -> bool:
        folder = self._released.folder()
        if not self.has_moved:
            return False
        try:
            made = self._make(folder)
        except Exception as error:  # whatever is wrong with it, people are spoken to in the words before
            if self._failed is None or self._failed[0] != folder:
                logger.error("The release %s cannot be read (%s); the one before stays.", folder.name, _name(error))
            self._failed = folder, self._clock()
            return False
        self._made, self._folder, self._failed = made, folder, None
        return True

    def _has_just_failed(self, folder: Path) -> bool:
        failed = self._failed
        return failed is not None and failed[0] == folder and self._clock() - failed[1] < AGAIN_SECONDS


def _name(error: Exception) -> str:
    """Return what kind of error it is; its message could hold what an editor wrote."""
    return type(error).__name__
