"""One `korpu run` for one data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import OperatorError

NAME = "supervisor.lock"


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the folder's lock; raise `OperatorError` naming the process that has it. The kernel frees it at our end."""
    path = data_dir / "run" / NAME
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = file.read().strip()
            raise OperatorError(
                f"Körpü already runs on {data_dir} (pid {pid}). Stop it first (Ctrl-C in its window, "
                f"or `kill {pid}`), or set KORPU_DATA_DIR to another folder."
            ) from error
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def is_held(data_dir: Path) -> bool:
    """Tell whether a `korpu run` holds the folder now."""
    path = data_dir / "run" / NAME
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
