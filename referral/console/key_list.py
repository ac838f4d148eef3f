"""The signed list of keys as it is now: read again when its file changes, so that nobody has to restart the console."""

import datetime as dt
import logging
import threading
from enum import StrEnum, unique
from pathlib import Path

from referral.crypto.manifest import check_current
from referral.errors import KeyListError, ManifestExpired
from referral.published import FILE, PublicFile, read_public

logger = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None


@unique
class Trouble(StrEnum):
    """What is wrong with the list."""

    REFUSED = "refused"
    EXPIRED = "expired"


class KeyList:
    """The newest list that could be believed. One that cannot be is refused, and the one before stays."""

    def __init__(self, data_dir: Path) -> None:
        """Read the list; raise as `read_public` does, because without any list nothing can be trusted."""
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._stamp = self._stamp_now()
        self._public = read_public(data_dir)
        self._refused = False

    def current(self) -> PublicFile:
        """Return the list; look at its file first."""
        with self._lock:
            stamp = self._stamp_now()
            if stamp != self._stamp:
                self._stamp = stamp
                self._read_again()
            return self._public

    def trouble(self, *, today: dt.date) -> Trouble | None:
        """Tell what is wrong with the list, for supervisors: a new one was refused, or its last day is over."""
        manifest = self.current().manifest
        if self._refused:
            return Trouble.REFUSED
        try:
            check_current(manifest, today=today)
        except ManifestExpired:
            return Trouble.EXPIRED
        return None

    def _read_again(self) -> None:
        try:
            self._public = read_public(self._data_dir)
        except (KeyListError, OSError) as error:
            self._refused = True
            logger.error("The new list of keys is refused, the one before stays: %s: %s", type(error).__name__, error)
        else:
            self._refused = False
            logger.warning("A new list of keys was read: number %d.", self._public.manifest.number)

    def _stamp_now(self) -> Stamp:
        """Return what changes with the file; None while there is none."""
        try:
            found = (self._data_dir / FILE).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
