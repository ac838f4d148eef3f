"""The gateway's words of one release, and its danger gate, which is made anew only as far as it must be."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.gateway.danger import load_gate
from bot.gateway.danger.patterns import PatternError
from bot.gateway.shown import Reader
from bot.i18n import LOCALES_DIR

LISTS = ("danger_now", "self_harm", "medical_emergency")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Return the editors' files with three short lexicons."""
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    for path in (tmp_path / "locales").glob("*/danger.yml"):
        path.unlink()
    write(tmp_path / "locales", "en", ["beat* me", "they lock us in"])
    write(tmp_path / "locales", "ru", ["бьёт|бьют меня"])
    return tmp_path / "locales"


def write(locales: Path, language: str, patterns: list[str]) -> None:
    """Write a lexicon with these patterns of danger, and one of each other kind."""
    lists = {name: {"patterns": [f"{name} {language}"]} for name in LISTS}
    lists["danger_now"]["patterns"] = patterns
    (locales / language / "danger.yml").write_text(yaml.safe_dump(lists, allow_unicode=True), encoding="utf-8")


def test_a_new_pattern_counts_at_once_and_the_old_ones_go_on(locales: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    before = reader(locales).gate
    write(locales, "en", ["beat* me", "he has a knife"])
    after = reader(locales).gate
    said = ["he is beating me", "he has a knife", "they lock us in", "бьют меня", "self_harm ru", "hello"]
    fresh = load_gate(locales, models=tmp_path)
    assert [after.check(text) for text in said] == [fresh.check(text) for text in said]
    assert after.check("he has a knife") is not None
    assert after.check("they lock us in") is None
    assert before.check("he has a knife") is None


def test_other_words_leave_the_gate_as_it_is(locales: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    before = reader(locales)
    (locales / "en" / "words.yml").write_text("quick_exit: [vanish]\ncancel: []\nskip: []\nback: []\n")
    after = reader(locales)
    assert after.gate is before.gate
    assert (before.words.meaning("vanish"), after.words.meaning("vanish")) == (None, "quick_exit")


def test_a_pattern_that_cannot_be_used_leaves_the_gate_before_in_use(locales: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader(locales)
    write(locales, "en", ["a~|b"])
    with pytest.raises(PatternError):
        reader(locales)
    write(locales, "en", ["he has a knife"])
    assert reader(locales).gate.check("he has a knife") is not None
