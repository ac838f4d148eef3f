"""A model is trained anew when, and only when, something that it is made from has changed."""

import shutil
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.training import fingerprint, train
from bot.training.inputs import library_versions

LOCK = "rasa==3.6.21 \\\n    --hash=sha256:00\nrasa-sdk==3.6.2 \\\n    --hash=sha256:01\nscikit-learn==1.1.3 \\\n"


LANGUAGES = """az: {name: Az, rtl: false, hints: []}
ur: {name: Ur, rtl: true, hints: [], offered: false}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project."""
    for name, text in {
        "config.yml": "recipe: default.v1\n",
        "domain.yml": "version: '3.1'\n",
        "bot/text.py": "def fold(): ...\n",
        "bot/languages.py": "",
        "locales/languages.yml": LANGUAGES,
        "data/nlu/ur/work.yml": "nlu: []\n",
        "data/concepts/ur.yml": "",
        "bot/training/danger.py": "ALARMS = 0.07\n",
        "bot/nlu/decide.py": "THRESHOLD = 0.5\n",
        "bot/gateway/poller.py": "",
        "data/nlu/az/work.yml": "nlu: []\n",
        "data/nlu/ru/work.yml": "nlu: []\n",
        "data/rules/work.yml": "rules: []\n",
        "locales/source/answers.yml": "",
        "requirements.lock": LOCK,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        *("config.yml", "domain.yml", "bot/text.py", "bot/training/danger.py", "bot/nlu/decide.py"),
        *("data/nlu/ru/work.yml", "data/rules/work.yml"),
    ],
)
def test_a_change_of_an_input_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text((project / name).read_text() + "# more\n")
    assert fingerprint(project) != before


@pytest.mark.parametrize("name", ["data/nlu/tr/work.yml", "data/rules/new.yml", "bot/nlu/more.py"])
def test_a_new_input_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).touch()
    assert fingerprint(project) != before


def test_a_language_that_is_offered_from_now_on_changes_the_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    languages = project / "locales" / "languages.yml"
    languages.write_text(languages.read_text().replace("offered: false", "offered: true"))
    assert fingerprint(project) != before


def test_a_moved_input_changes_the_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/nlu/ru/work.yml").rename(project / "data/nlu/ru/stay.yml")
    assert fingerprint(project) != before


def test_the_patterns_of_danger_are_those_of_the_released_words(project: Path, tmp_path: Path) -> None:
    lexicon = project / "locales" / "az" / "danger.yml"
    lexicon.parent.mkdir()
    lexicon.write_text("one: 1\n")
    before = fingerprint(project)
    released = tmp_path / "released"
    shutil.copytree(project / "locales", released)
    assert fingerprint(project, released) == before
    (released / "az" / "danger.yml").write_text("one: 2\n")
    assert fingerprint(project, released) != before == fingerprint(project)


@pytest.mark.parametrize("library", ["rasa==3.6.21", "scikit-learn==1.1.3"])
def test_another_version_of_rasa_or_scikit_learn_changes_it(project: Path, library: str) -> None:
    before = fingerprint(project)
    (project / "requirements.lock").write_text(LOCK.replace(library, library + ".1"))
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "name",
    [
        *("bot/gateway/poller.py", "locales/source/answers.yml", "README.md"),
        *("data/nlu/ur/work.yml", "data/concepts/ur.yml"),  # of a language in preparation
    ],
)
def test_nothing_else_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text("changed")
    (project / "requirements.lock").write_text(LOCK + "flask==3.1\n")
    (project / "config.yml").touch()
    assert fingerprint(project) == before


def test_the_real_lock_names_both_libraries() -> None:
    versions = library_versions(ROOT / "requirements.lock")
    assert [line.split("==")[0] for line in versions] == ["rasa", "scikit-learn"]


def test_a_model_that_is_up_to_date_is_not_trained_and_becomes_the_newest(tmp_path: Path) -> None:
    for name in ("config.yml", "domain.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "data" / "rules")
    (tmp_path / "data" / "nlu").mkdir()
    (tmp_path / "data" / "nlu" / "small.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - hello\n")
    for name in ("bot/text.py", "bot/languages.py", "bot/training/danger.py", "locales/languages.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    models = tmp_path / "models"
    models.mkdir()
    wanted, later = models / f"korpu-{fingerprint(tmp_path)}.tar.gz", models / "korpu-000000000000.tar.gz"
    wanted.touch()
    later.touch()
    said: list[str] = []
    assert train(root=tmp_path, models=models, log_file=tmp_path / "train.log", say=said.append) == wanted
    assert said == []
    assert wanted.stat().st_mtime_ns > later.stat().st_mtime_ns
