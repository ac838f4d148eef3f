"""What is about to be written, so that a change that a crash has cut in two is finished and not lost.

The journal is whole before the first file is touched. Whoever makes the next change, under the same lock, finds it and
finishes: a file that still has its old content gets the new one; what somebody else has written since stays.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.content.changing.edit import Place
from bot.content.changing.record import Change, to_text, write_record
from bot.content.changing.trial import FileChange
from bot.content.changing.writing import write_files
from bot.wholefile import write_whole

JOURNAL, NEXT = "pending", ".pending.next"
RECORD, PATCH = "change.json", "change.patch"


def write_change(place: Place, files: Sequence[FileChange], change: Change, patch: str) -> None:
    """Write the files of a change and its record; raise as `write_files` does, and then nothing was changed."""
    _begin(place, files, change, patch)
    try:
        write_files(place.locales, files)
    except Exception:
        _end(place)
        raise
    write_record(place, change, patch)
    _end(place)


def settle(place: Place) -> None:
    """Finish what a crash has cut in two; to be called under the lock."""
    folder = place.content / JOURNAL
    if not folder.exists():
        return
    raw = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    files = [_read(place, number, file) for number, file in enumerate(raw["files"])]
    left = [file for file in files if _is_untouched(place.locales / file.file, file)]
    write_files(place.locales, left)
    change = Change.from_json(raw["change"])
    write_record(place, change, (folder / PATCH).read_bytes().decode("utf-8"))
    _end(place)


def _begin(place: Place, files: Sequence[FileChange], change: Change, patch: str) -> None:
    folder = place.content / NEXT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    for number, file in enumerate(files):
        write_whole(folder / f"{number}.before", file.before.decode("utf-8"))
        write_whole(folder / f"{number}.after", file.after.decode("utf-8"))
    write_whole(folder / PATCH, patch)
    raw = {"files": [file.file for file in files], "change": change.to_json()}
    write_whole(folder / RECORD, to_text(raw))
    folder.rename(place.content / JOURNAL)


def _end(place: Place) -> None:
    shutil.rmtree(place.content / JOURNAL)


def _read(place: Place, number: int, file: str) -> FileChange:
    folder = place.content / JOURNAL
    before, after = (folder / f"{number}.{side}" for side in ("before", "after"))
    return FileChange(file, before.read_bytes(), after.read_bytes())


def _is_untouched(path: Path, file: FileChange) -> bool:
    """Tell whether a file still has what it had before the change."""
    return path.exists() and path.read_bytes() == file.before
