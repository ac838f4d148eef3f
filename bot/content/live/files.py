"""Which of the editors' files are released, whether they have changed, and what version they are."""

import hashlib
from pathlib import Path

from bot.intents import CATALOGUE_FILE

SUFFIXES = frozenset({".yml", ".po"})
DIGITS = 12
Stamps = dict[str, tuple[int, int, int, int]]


def editors_files(directory: Path) -> list[Path]:
    """Return what is released, in a fixed order: not what an editor's program or a tool keeps beside it."""
    found = (path for path in directory.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path for path in found if not _is_hidden(path.relative_to(directory)))


def stamps_of(directory: Path) -> Stamps:
    """Return for each file what changes when somebody writes it, without reading it.

    The catalogue of intents is one of them: what was refused may fit another catalogue. The time of the inode is there
    too: tools set the other time back to what it was. Raise `OSError` when a file goes away meanwhile.
    """
    stamps = {}
    for path in (CATALOGUE_FILE, *editors_files(directory)):
        found = path.stat()
        stamps[str(path)] = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    return stamps


def version_of(directory: Path) -> str:
    """Return twelve hexadecimal digits that change when, and only when, a name or the content of a file does."""
    digest = hashlib.blake2b(digest_size=DIGITS // 2, person=b"korpu-content")
    for path in editors_files(directory):
        for part in (path.relative_to(directory).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
