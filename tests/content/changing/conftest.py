"""A copy of the editors' files in few languages, with a data folder beside it."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.content.changing import Author, Edit, Place, value_of
from bot.content.changing.edit import Value
from bot.i18n import LOCALES_DIR

AYSEL = Author("aysel", "Aysel Məmmədova")
RUSLAN = Author("ruslan")
FEW = ("az", "en", "fa")


def few_languages(folder: Path) -> Path:
    """Copy `locales` with three languages into a folder: a check of it takes half a second."""
    locales = folder / "locales"
    every = yaml.load((LOCALES_DIR / "languages.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    left_out = shutil.ignore_patterns("console.po", *(language for language in every if language not in FEW))
    shutil.copytree(LOCALES_DIR, locales, ignore=left_out)
    kept = {language: entry for language, entry in every.items() if language in FEW}
    (locales / "languages.yml").write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return locales


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return the files that a test may change."""
    return Place(few_languages(tmp_path), tmp_path / "data")


def edit_of(place: Place, file: str, path: tuple[str, ...], after: Value) -> Edit:
    """Return the edit of a value as it is now."""
    return Edit(file, path, value_of(place.locales, file, path), after)


def replaced(place: Place, file: str, path: tuple[str, ...], old: str, new: str) -> Edit:
    """Return the edit of a text that replaces one thing in it."""
    before = str(value_of(place.locales, file, path))
    assert before.count(old) == 1
    return Edit(file, path, before, before.replace(old, new))
