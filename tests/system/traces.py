"""Where something that was typed could have been left: files, backups, environments and command lines."""

import base64
import datetime as dt
import importlib.util
import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bot.paths import ROOT
from tests.system.running import MODULES, System

LARGEST = 64 * 1024 * 1024


def spellings(text: str) -> list[bytes]:
    """Return the forms in which a text could lie somewhere."""
    utf8 = text.encode()
    return [utf8, text.encode("utf-16-le"), text.encode("unicode_escape"), base64.b64encode(utf8)[:-4]]


def spellings_of_chat(chat_id: int) -> list[bytes]:
    """Return the forms in which a chat's number could lie somewhere."""
    return [str(chat_id).encode(), chat_id.to_bytes(8, "little"), chat_id.to_bytes(8, "big")]


def files_with(folder: Path, words: Iterable[bytes], *, since: float = 0.0) -> list[str]:
    """Return which files of a folder, changed since a moment, hold one of the words."""
    wanted = list(words)
    found = ((path, _content(path)) for path in _files(folder, since))
    return [f"{path}: {word!r}" for path, content in found for word in wanted if word in content]


def temporary_files_with(words: Iterable[bytes], *, since: float) -> list[str]:
    """Look through what any program has left in the machine's folders for temporary files meanwhile."""
    places = {Path(place) for place in ("/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir())}  # noqa: S108
    wanted = list(words)
    return [found for place in places for found in files_with(place, wanted, since=since)]


def processes_with(system: System, words: Iterable[bytes]) -> list[str]:
    """Return which of the system's processes have one of the words in their environment or command line."""
    pids = {"supervisor": system.process.pid} | {name: system.pid(name) for name in MODULES}
    wanted = list(words)
    return [
        f"{name}/{part}: {word!r}"
        for name, pid in pids.items()
        for part in ("environ", "cmdline")
        for word in wanted
        if word in Path(f"/proc/{pid}/{part}").read_bytes()
    ]


def back_up(data_dir: Path, target: Path) -> None:
    """Make a backup with the script that operators use."""
    spec = importlib.util.spec_from_file_location("backup", ROOT / "deploy" / "backup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.back_up(data_dir, target, now=dt.datetime.now(tz=dt.UTC))


def _files(folder: Path, since: float) -> Iterable[Path]:
    """Return the files that may be read; what has gone meanwhile or is somebody else's is passed over."""
    listed = subprocess.run(
        ["find", str(folder), "-xdev", "-type", "f", "-readable", "-size", f"-{LARGEST // 1024}k"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    own = {path for path in map(Path, listed.splitlines()) if os.access(path, os.R_OK)}
    return [path for path in own if _changed(path) >= since]


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return -1.0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, PermissionError):
        return b""
