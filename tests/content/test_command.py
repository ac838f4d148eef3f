"""`korpu content check`, `python -m bot.content check` and the hook before a commit."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.content.check import check_content
from bot.content.commands import check
from bot.errors import OperatorError
from bot.i18n import LOCALES_DIR, language_codes
from bot.paths import ROOT
from tests.content.conftest import TODAY
from tests.content.edits import po, translated, within

TURKISH, GEORGIAN = Path(po("tr", "dialogue")), Path(po("ka", "answers"))
SHOUT = translated("tr", "dialogue", "text/goodbye", "yazabilirsiniz.", "yazabilirsiniz!")
LOST = translated("ka", "answers", "answer/work_contract", "{hotline_labour}", "142")
EMPTY = within("facts.yml", "  reflection_days", "value: 30", "value: null")


def test_a_mistake_ends_with_one_and_the_figures(locales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SHOUT(locales)
    assert check(lang="ru", locales=locales) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2].startswith(f"locales/{TURKISH}: text/goodbye: ")
    assert re.search(r"Ошибки: 1\. Предупреждения: \d\.$", lines[-1])


def test_without_a_mistake_it_ends_with_nothing(locales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([locales / TURKISH], lang="en", locales=locales) == 0
    count = len(language_codes())
    assert capsys.readouterr().out.endswith(f"languages: {count}. Mistakes: 0. Warnings: 0.\n")


def test_only_the_files_that_are_named_are_told(locales: Path) -> None:
    SHOUT(locales)
    LOST(locales)
    found = check_content(locales, today=TODAY, files=[locales / GEORGIAN])
    assert {finding.file for finding in found.findings} == {f"locales/{GEORGIAN}"}


def test_a_file_that_others_lean_on_brings_their_mistakes(locales: Path) -> None:
    EMPTY(locales)
    found = check_content(locales, today=TODAY, files=[locales / "facts.yml"])
    assert [(finding.file, finding.key) for finding in found.errors] == [("locales/source/answers.yml", "facts.empty")]


@pytest.mark.parametrize(
    ("files", "lang", "told"),
    [([], "de", "az, en, ru"), ([ROOT / "README.md"], "en", "is not a file of")],
)
def test_what_it_cannot_do_is_told_in_one_line(files: list[Path], lang: str, told: str, locales: Path) -> None:
    with pytest.raises(OperatorError, match=told):
        check(files, lang=lang, locales=locales)


def test_everything_is_checked_in_less_than_ten_seconds() -> None:
    began = time.monotonic()
    check_content(today=TODAY)
    assert time.monotonic() - began < 10  # measured: 1.3 s; a loaded machine may be slower


def test_the_module_does_the_same() -> None:
    environ = os.environ | {"KORPU_LANG": "en"}
    command = [sys.executable, "-m", "bot.content"]
    done = subprocess.run(
        [*command, "check", LOCALES_DIR / TURKISH], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("Mistakes: 0. Warnings: 0.\n")
    wrong = subprocess.run([*command, "chekc"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_an_editor_waits_for_nothing_heavy() -> None:
    heavy = ["rasa", "tensorflow", "telegram", "sqlalchemy", "referral", "flask", "sklearn"]
    script = f"import sys; import bot.content.commands; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


class Repository:
    """A git repository with the editors' files and the hook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.locales = folder / "locales"
        shutil.copytree(LOCALES_DIR, self.locales)
        for name in ("bot", "referral", ".venv"):
            (folder / name).symlink_to(ROOT / name)
        self("init", "-q")
        self("add", "locales")
        self("commit", "-q", "-m", "begin")
        hook = folder / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.symlink_to(ROOT / "scripts" / "content-hook.sh")

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run git; check the exit code, return what it says."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "korpu.lang=en"]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository of its own."""
    return Repository(tmp_path)


def test_the_hook_keeps_a_mistake_out_of_a_commit(repository: Repository) -> None:
    SHOUT(repository.locales)
    said = repository("commit", "-q", "-a", "-m", "shout", code=1)
    assert f"locales/{TURKISH}: text/goodbye: An exclamation mark" in said
    assert said.endswith("Nothing was committed.\n")
    assert repository("log", "--oneline").count("\n") == 1


def test_the_hook_looks_at_what_is_committed_and_not_at_what_lies_beside_it(repository: Repository) -> None:
    SHOUT(repository.locales)
    good = repository.locales / "en" / "words.yml"
    good.write_text(good.read_text().replace('"exit"', '"exit", "go away"'))
    repository("add", "locales/en/words.yml")
    said = repository("commit", "-q", "-m", "a word")
    assert "Mistakes: 0." in said
    (repository.folder / "note.txt").write_text("not a text of ours")
    repository("add", "note.txt")
    assert repository("commit", "-q", "-m", "note") == ""
