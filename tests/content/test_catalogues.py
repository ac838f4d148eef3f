"""PO files follow the English sources: nothing is stale, and bringing them up to date changes nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.content.catalogues import entries_of, path_of, read_catalogue, update
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
    path = path_of(tmp_path / "locales", "tr", "answers")
    text = path.read_text()
    update(tmp_path / "locales", "tr")  # a second time must not take the mark away
    assert path.read_text() == text
    check_with_gettext(path)
    entry = next(part for part in text.split("\n\n") if 'msgctxt "answer/trafficking_what_is"' in part)
    assert "fuzzy" in entry
    assert text.count(", fuzzy") == 1
    previous = [line for line in entry.splitlines() if line.startswith("#| ")]
    assert previous[0] == '#| msgid ""'
    assert any("Nobody has to cross a border." in line for line in previous)  # what the translation was made from
    assert "#| " not in text.replace(entry, "")
    held = entries_of(read_catalogue(path, "tr"))
    update(tmp_path / "locales", "tr", {"answer/trafficking_what_is": str(held["answer/trafficking_what_is"].string)})
    assert "#| " not in path.read_text()


def test_the_previous_english_of_a_text_with_a_number_has_both_forms(tmp_path: Path) -> None:
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    path = path_of(tmp_path / "locales", "ru", "console")
    path.write_text(path.read_text().replace('msgid_plural "%(num)d answers"', 'msgid_plural "%(num)d replies"'))
    update(tmp_path / "locales", "ru")
    assert '#| msgid "%(num)d answer"\n#| msgid_plural "%(num)d replies"\nmsgid "%(num)d answer"' in path.read_text()
    check_with_gettext(path)


def check_with_gettext(path: Path) -> None:
    """Let gettext read a file; it knows `#|`."""
    subprocess.run(["msgfmt", "--check", "-o", os.devnull, path], check=True)


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
