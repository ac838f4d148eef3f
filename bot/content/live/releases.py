"""The releases: copies of the editors' files that nobody writes any more, and the pointer to the one that is live.

A release is whole before the pointer moves, and the pointer moves in one step, so a crash at any moment leaves the one
before. Power that fails can leave a copy that is not whole; `mend` finds it by its version.
"""

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.content.live.files import editors_files, version_of
from bot.released import LIVE, Released

RELEASES = "releases"
STAGING = "staging"
NAME = "locales"  # of the folder that is checked: findings name files by it
KEPT = 3


@dataclass(frozen=True)
class Staged:
    """A copy that is not released yet, and its version."""

    folder: Path
    version: str


class Releases:
    """What lies under `content` in the data folder; whoever changes it does so `alone`."""

    def __init__(self, released: Released) -> None:
        self._content = released.content_dir
        self._locales = released.locales_dir
        self._live = self._content / LIVE

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process changes the releases, and keep others out. The kernel frees it at our end."""
        _make_folder(self._content)
        with os.fdopen(os.open(self._content / "lock", os.O_RDWR | os.O_CREAT, 0o600)) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def live_version(self) -> str | None:
        """Return the version that is live, None before the first release."""
        try:
            return self._live.readlink().name
        except FileNotFoundError:
            return None

    def since(self) -> dt.datetime | None:
        """Return since when it is live, None before the first release."""
        if not self._live.exists():
            return None
        return dt.datetime.fromtimestamp(self._live.stat().st_mtime, tz=dt.UTC)

    def stage(self) -> Staged:
        """Copy the editors' files; raise `OSError` when one goes away meanwhile or the disk is full."""
        self._drop_staging()
        target = self._content / STAGING / NAME
        for folder in (target.parent, target):
            _make_folder(folder)
        for path in editors_files(self._locales):
            copy = target / path.relative_to(self._locales)
            _make_folders(copy.parent)
            with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(path.read_bytes())
        return Staged(target, version_of(target))

    def release(self, staged: Staged) -> None:
        """Put a copy among the releases, let the pointer show it, and drop what is too old."""
        target = self._content / RELEASES / staged.version
        _make_folder(target.parent)
        if target.exists() and version_of(target) != staged.version:
            shutil.rmtree(target)
        if not target.exists():
            staged.folder.rename(target)
        os.utime(target)  # since when it is live; an earlier content may come back
        self._point_to(target)
        self._drop_staging()
        self._drop_old()

    def mend(self) -> None:
        """Clear what a crash left. If what is live is not whole, point to the newest release that is, or to none."""
        if not self._content.exists():
            return
        self._drop_staging()
        live = self.live_version()
        if live is None or _is_whole(self._content / RELEASES / live):
            return
        whole = next(filter(_is_whole, self._by_age()), None)
        if whole is None:
            self._live.unlink()
        else:
            self._point_to(whole)

    def _point_to(self, target: Path) -> None:
        pointer = self._content / f".{LIVE}.next"
        pointer.unlink(missing_ok=True)
        pointer.symlink_to(target.relative_to(self._content))
        pointer.replace(self._live)

    def _drop_staging(self) -> None:
        if (self._content / STAGING).exists():
            shutil.rmtree(self._content / STAGING)

    def _drop_old(self) -> None:
        for old in self._by_age()[KEPT:]:
            shutil.rmtree(old)

    def _by_age(self) -> list[Path]:
        """Return the releases, the one that was live last first."""
        found = (self._content / RELEASES).glob("*")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _is_whole(release: Path) -> bool:
    return release.is_dir() and version_of(release) == release.name


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _make_folders(folder: Path) -> None:
    """Make a folder and those above it, each for its owner only: `parents` alone would not see to that."""
    if not folder.exists():
        _make_folders(folder.parent)
        folder.mkdir(mode=0o700)
