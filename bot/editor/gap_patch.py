"""The beginning of an answer as a file for the person who runs Körpü."""

import datetime as dt
from pathlib import Path

from bot.content.changing import Author
from bot.content.changing.patch import patch_of
from bot.content.changing.trial import FileChange
from bot.content.scaffold import Changes, NewAnswer


def answer_patch(root: Path, changes: Changes, answer: NewAnswer, author: Author) -> str:
    """Return a patch that `git am` and `git apply` take, from the new contents of files below the project's folder."""
    files = [
        FileChange(file.as_posix(), (root / file).read_bytes(), text.encode("utf-8"))
        for file, text in sorted(changes.items())
    ]
    return patch_of(
        "",
        files,
        author=author,
        at=dt.datetime.now(tz=dt.UTC).replace(microsecond=0),
        subject=f"Make a place for the answer {answer.intent}",
        lines=[f"Asks: {answer.asks}"],
    )
