"""The command `korpu`, as scripts/setup.sh installs it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.paths import ROOT


@pytest.fixture
def korpu(tmp_path: Path) -> Path:
    """Return a tree with the launcher at its place; its folder has a space in its name."""
    root = tmp_path / "a tree"
    (root / ".venv" / "bin").mkdir(parents=True)
    launcher = root / ".venv" / "bin" / "korpu"
    shutil.copy(ROOT / "scripts" / "korpu.sh", launcher)
    launcher.chmod(0o755)
    python = root / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (root / "bot").symlink_to(ROOT / "bot")
    return launcher


def test_it_works_from_any_folder_and_through_a_link(korpu: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "bot").mkdir()
    (elsewhere / "bot" / "__init__.py").write_text("raise SystemExit('this is not ours')")
    (elsewhere / "link").symlink_to(korpu)
    for command in (korpu, elsewhere / "link"):
        done = subprocess.run([command, "--help"], cwd=elsewhere, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Usage: korpu" in done.stdout


def test_arguments_and_exit_codes_are_passed_on(korpu: Path) -> None:
    done = subprocess.run([korpu, "no such command"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "korpu: No such command 'no such command'. Try `korpu --help`.\n"


def test_it_is_installed_where_make_has_set_up() -> None:
    installed = ROOT / ".venv" / "bin" / "korpu"
    if not installed.exists():
        pytest.skip("this environment was not made by `make setup`")
    assert installed.read_bytes() == (ROOT / "scripts" / "korpu.sh").read_bytes()
