"""Two supervisors never share a data folder."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.paths import ROOT
from bot.supervisor.lock import is_held, only_one

HOLD = "import pathlib, sys; from bot.supervisor.lock import only_one; " + (
    "lock = only_one(pathlib.Path(sys.argv[1])); lock.__enter__(); print('held', flush=True); input()"
)


def test_the_second_one_is_told_who_runs_and_what_to_do(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert is_held(tmp_path)
        with pytest.raises(OperatorError) as caught, only_one(tmp_path):
            pass
        assert f"(pid {holder.pid})" in str(caught.value)
        assert f"kill {holder.pid}" in str(caught.value)
        holder.kill()
    with only_one(tmp_path):  # a lock whose holder was killed holds nobody up
        assert is_held(tmp_path)
    assert not is_held(tmp_path)


def test_the_lock_file_names_its_holder_only(tmp_path: Path) -> None:
    path = tmp_path / "run" / "supervisor.lock"
    with only_one(tmp_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("4194304 and some more\n")
    with only_one(tmp_path):
        assert path.read_text() == f"{os.getpid()}\n"
