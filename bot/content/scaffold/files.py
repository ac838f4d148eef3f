"""Files of the project as text: blocks are put in where they belong, and what is there stays as it is."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.errors import OperatorError

Changes = dict[Path, str]  # the file below the project's folder, its new content
TOP, SECOND = r"\S", r" {0,2}\S"  # how the next block begins


def put_after(text: str, start: str, ends: str, block: str, *, file: Path) -> str:
    """Return the text with `block` after the block whose first line fits `start`; raise `OperatorError` without one.

    `ends` is how the line begins that no longer belongs to that block. A blank line before it stays before it.
    """
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if re.match(start, line)), None)
    if first is None:
        raise OperatorError(f"{file} has no line that begins with {start!r}; its form must be that of the other files.")
    end = next((n for n in range(first + 1, len(lines)) if re.match(ends, lines[n])), len(lines))
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    before = "".join(lines[:end])
    return f"{_ended(before)}{_ended(block)}{''.join(lines[end:])}"


def put_last(text: str, block: str) -> str:
    """Return the text with `block` at its end."""
    return f"{_ended(text)}{_ended(block)}"


def read(root: Path, file: Path) -> str:
    """Return the content of a file below `root`; raise `OperatorError` naming the file that cannot be read."""
    try:
        return (root / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{file} cannot be read: {error}. Get it back, for instance from git.") from error


def write(root: Path, changes: Mapping[Path, str]) -> None:
    """Write the files; each is whole at every moment."""
    for file, text in changes.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(text)
        whole = Path(part.name)
        whole.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        whole.replace(path)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
