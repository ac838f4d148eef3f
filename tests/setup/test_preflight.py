"""Broken configuration is one clear line with the file in it."""

import shutil
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.paths import ROOT
from bot.supervisor.preflight import check_configuration, check_danger, check_words


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the files that are checked."""
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    return tmp_path


def check(project: Path) -> None:
    """Do what `korpu run` does first; what editors wrote it has judged before (`bot.content.live.start`)."""
    check_configuration(project)
    check_words(project / "locales")
    check_danger(project / "locales")


def fault(project: Path) -> str:
    """Return the one line that is told."""
    with pytest.raises(OperatorError) as caught:
        check(project)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_files_as_they_are_pass(project: Path) -> None:
    check(project)


def test_a_missing_file_is_named(project: Path) -> None:
    (project / "domain.yml").unlink()
    assert fault(project).startswith("domain.yml is missing")


def test_an_empty_file_is_named(project: Path) -> None:
    (project / "endpoints.yml").write_text("# nothing\n")
    assert "endpoints.yml is empty" in fault(project)


def test_a_missing_translation_file_is_named(project: Path) -> None:
    (project / "locales" / "az" / "LC_MESSAGES" / "answers.po").unlink()
    assert "answers.po is missing" in fault(project)


def test_a_missing_entry_is_named(project: Path) -> None:
    path = project / "locales" / "source" / "dialogue.yml"
    path.write_text("texts: {}\n", encoding="utf-8")
    assert "labels" in fault(project)


def test_a_pattern_that_the_danger_gate_cannot_use_is_named(project: Path) -> None:
    path = project / "locales" / "az" / "danger.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("patterns:", "patterns:\n    - 'a~|b'", 1), encoding="utf-8")
    assert "'a~|b'" in fault(project)
