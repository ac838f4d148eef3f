"""Look for words in the memory of a running process: what never was there cannot leak from there."""

import re
from pathlib import Path

_REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r\S*\s+\S+\s+\S+\s+\S+\s*(.*)$", re.MULTILINE)
CHUNK = 16 * 1024 * 1024


def occurrences(pid: int, words: list[bytes]) -> dict[bytes, int]:
    """Return how often each word stands in the process' writable or anonymous memory."""
    found = dict.fromkeys(words, 0)
    longest = max(map(len, words))
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _regions(pid):
            tail = b""
            for position in range(start, end, CHUNK):
                try:
                    memory.seek(position)
                    data = tail + memory.read(min(CHUNK, end - position))
                except (OSError, OverflowError, ValueError):
                    break  # a region of the kernel's, or one that has gone meanwhile
                for word in words:
                    found[word] += data.count(word)
                tail = data[-(longest - 1) :]
    return found


def _regions(pid: int) -> list[tuple[int, int]]:
    maps = Path(f"/proc/{pid}/maps").read_text()
    return [
        (int(start, 16), int(end, 16))
        for start, end, name in _REGION.findall(maps)
        if not name.startswith(("/usr", "/lib", "[v"))
    ]
