"""The log of one process: readable by its owner only, and never larger than a few files."""

import os
from pathlib import Path

LARGEST = 5 * 1024 * 1024
KEPT = 4
TAIL = 16 * 1024
LONGEST_LINE = 300


class LogFile:
    """Append what a process prints; when the file is full it becomes `.1`, the one before `.2`, and so on."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        self.path = path
        self._largest = largest
        self._size = self._marked = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._open()

    def write(self, data: bytes) -> None:
        """Append bytes as they come."""
        if self._size and self._size + len(data) > self._largest:
            self._rotate()
        os.write(self._file, data)
        self._size += len(data)

    def mark(self) -> None:
        """Remember the place: `last_line` looks only at what comes after it."""
        self._marked = self._size

    def last_line(self) -> str:
        """Return the last line that is not empty since the mark, shortened, or ''."""
        start = max(self._marked, self._size - TAIL)
        with self.path.open("rb") as file:
            file.seek(start)
            lines = file.read(TAIL).decode("utf-8", errors="replace").splitlines()
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return last if len(last) <= LONGEST_LINE else last[:LONGEST_LINE] + "…"

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _open(self) -> None:
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        os.fchmod(self._file, 0o600)
        self._size = self._marked = os.fstat(self._file).st_size

    def _rotate(self) -> None:
        os.close(self._file)
        for number in range(KEPT - 1, 0, -1):
            older = self._numbered(number)
            if older.exists():
                older.replace(self._numbered(number + 1))
        self.path.replace(self._numbered(1))
        self._open()

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")
