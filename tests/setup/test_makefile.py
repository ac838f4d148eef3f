"""The Makefile explains itself and does what it says, without doing it."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.paths import ROOT

TARGETS = {"setup", "train", "run", "test", "check", "lint", "types", "nlu-report", "content-report"}
TARGETS |= {"content-check", "mutants", "lock", "screenshots", "clean"}


def make(*arguments: str, cwd: Path = ROOT) -> str:
    """Run make and return what it prints."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=cwd, env=environ, capture_output=True, text=True, check=True
    ).stdout


def test_help_is_the_default_and_names_every_target() -> None:
    listed = {line.split()[1] for line in make().splitlines()}
    assert listed == TARGETS | {"help"}


@pytest.mark.parametrize("target", ["test", "check", "run", "train"])
def test_the_environment_is_set_up_before_it_is_used(target: str, tmp_path: Path) -> None:
    (tmp_path / "Makefile").symlink_to(ROOT / "Makefile")
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    (tmp_path / "requirements.lock").touch()
    assert make("--dry-run", target, cwd=tmp_path).startswith("scripts/setup.sh")


def test_a_second_set_up_does_nothing_until_the_lock_changes(tmp_path: Path) -> None:
    (tmp_path / "Makefile").symlink_to(ROOT / "Makefile")
    (tmp_path / "scripts").mkdir()
    for name in ("setup.sh", "find-uv.sh", "korpu.sh"):
        (tmp_path / "scripts" / name).touch()
    lock, stamp = tmp_path / "requirements.lock", tmp_path / ".venv" / ".installed"
    stamp.parent.mkdir()
    lock.touch()
    stamp.touch()
    assert "scripts/setup.sh" not in make("--dry-run", "setup", cwd=tmp_path)
    os.utime(lock, (stamp.stat().st_mtime + 60,) * 2)
    assert "scripts/setup.sh" in make("--dry-run", "setup", cwd=tmp_path)


def test_clean_never_touches_keys_and_cases() -> None:
    assert "var" not in make("--dry-run", "clean").split()


def test_python_may_write_its_byte_code() -> None:
    environ = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    probe = 'include Makefile\nprobe:\n\t@echo "[$$PYTHONDONTWRITEBYTECODE] $$UV_COMPILE_BYTECODE"\n'
    command = ["make", "--no-print-directory", "-f", "-", "probe"]
    done = subprocess.run(command, input=probe, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "[] 1\n"
