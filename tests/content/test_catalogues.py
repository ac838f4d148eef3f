"""PO files follow the English sources: nothing is stale, and bringing them up to date changes nothing."""

import shutil
from pathlib import Path

import pytest

from bot.content.catalogues import update
from bot.content.report.states import entries
from bot.i18n import LOCALES_DIR, language_codes

TRANSLATED = [code for code in language_codes() if code != "en"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_update_without_a_change_changes_nothing(language: str, tmp_path: Path) -> None:
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    update(tmp_path / "locales", language)
    for domain in ("dialogue", "answers"):
        name = Path(language, "LC_MESSAGES", f"{domain}.po")
        assert (tmp_path / "locales" / name).read_text() == (LOCALES_DIR / name).read_text(), name


def test_a_changed_source_marks_its_translations(tmp_path: Path) -> None:
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    source = tmp_path / "locales" / "source" / "answers.yml"
    source.write_text(source.read_text().replace("Nobody has to cross a border.", "No border has to be crossed."))
    update(tmp_path / "locales", "tr")
    update(tmp_path / "locales", "tr")  # a second time must not take the mark away
    text = (tmp_path / "locales" / "tr" / "LC_MESSAGES" / "answers.po").read_text()
    entry = next(part for part in text.split("\n\n") if 'msgctxt "answer/trafficking_what_is"' in part)
    assert "fuzzy" in entry
    assert text.count(", fuzzy") == 1


def test_a_review_is_counted_until_the_text_changes(tmp_path: Path) -> None:
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    path = tmp_path / "locales" / "uk" / "LC_MESSAGES" / "answers.po"
    entry = 'msgctxt "answer/trafficking_what_is"'
    path.write_text(path.read_text().replace(entry, f"# reviewed (native): O. K., 2026-12-01\n# nice\n{entry}"))

    def state() -> str:
        found = entries(tmp_path / "locales", "uk")["uk"]
        return next(e.reading for e in found if e.context == "answer/trafficking_what_is")

    assert state() == "native"
    update(tmp_path / "locales", "uk")
    assert state() == "native"
    source = tmp_path / "locales" / "source" / "answers.yml"
    source.write_text(source.read_text().replace("Nobody has to cross a border.", "No border has to be crossed."))
    assert state() == "stale"
    update(tmp_path / "locales", "uk")
    assert state() == "stale"
    assert "# nice" in path.read_text()
    assert "# reviewed" not in path.read_text()
