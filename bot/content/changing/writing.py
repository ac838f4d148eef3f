"""Writing several files as one change: under a lock, each in one step, none when another hand was in between."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.content.changing.edit import Place
from bot.content.changing.errors import NotWritten, SameMoment
from bot.content.changing.trial import FileChange

LOCK = "changing.lock"
NEW = ".new"  # not among the endings of editors' files, so that nobody takes one for content


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Hold the lock of all who change files through the program; wait for it."""
    place.content.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place.content / LOCK, os.O_RDWR | os.O_CREAT, 0o600)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_files(locales: Path, changes: Sequence[FileChange]) -> None:
    """Write all files or none; raise `SameMoment` when one was changed by hand since the trial, `NotWritten`.

    The new files are complete beside the old ones before the first takes its place, with the old ones' modes.
    """
    paths = {(locales / change.file).resolve(): change for change in changes}
    _refuse_changed(paths)
    try:
        for path, change in paths.items():
            _prepare(path, change.after)
        _refuse_changed(paths)
        _replace_all(paths)
    except OSError as error:
        raise NotWritten(str(error.filename), error.strerror) from error
    finally:
        for path in paths:
            _new(path).unlink(missing_ok=True)


def _replace_all(paths: dict[Path, FileChange]) -> None:
    replaced: list[Path] = []
    try:
        for path in paths:
            _new(path).replace(path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            _prepare(path, paths[path].before)
            _new(path).replace(path)
        raise


def _prepare(path: Path, content: bytes) -> None:
    new = _new(path)
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(path, new)


def _refuse_changed(paths: dict[Path, FileChange]) -> None:
    for path, change in paths.items():
        if path.read_bytes() != change.before:
            raise SameMoment(path.name)


def _new(path: Path) -> Path:
    return path.with_name(f".{path.name}{NEW}")
