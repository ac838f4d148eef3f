"""The usual tools rewrite the PO files in their own ways; no text, context or comment is lost, and update undoes it."""

import contextlib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface

from bot.content.catalogues import domains_of, entries_of, path_of, read_catalogue, update
from bot.i18n import LOCALES_DIR, language_codes
from bot.paths import ROOT

TRANSLATED = [code for code in language_codes() if code != "en"]
DOMAINS = {
    "answers": ("locales/source/answers.yml", "locales/facts.yml"),
    "dialogue": ("locales/source/dialogue.yml", "locales/source/labels.yml"),
}
POEDIT = (
    '"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: .\\n"\n"Last-Translator: A. B. <a@example.org>\\n"\n'
    '"PO-Revision-Date: 2027-03-01 10:00+0400\\n"\n"Language-Team: a team\\n"\n'
)


def pybabel(*arguments: str) -> None:
    """Run pybabel in the project's folder, within this process: starting one for each file would take a minute."""
    with contextlib.chdir(ROOT):
        CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the template of each domain, as `pybabel extract` writes it."""
    folder = tmp_path_factory.mktemp("templates")
    for domain, sources in {**DOMAINS, "console": console_files()}.items():
        target = folder / f"{domain}.pot"
        pybabel("extract", "-F", "locales/babel.cfg", "--no-location", "-o", str(target), *sources)
    return folder


def msgcat(path: Path, *options: str) -> None:
    """Rewrite a PO file with gettext's tool."""
    subprocess.run(["msgcat", *options, "-o", path, path], check=True)


def like_poedit(path: Path) -> None:
    """Rewrite a file as Poedit saves it: lines wrapped at 79, headers of its own."""
    msgcat(path, "--width=79")
    text = path.read_text(encoding="utf-8")
    kept = re.sub(r'^"(?:PO-Revision-Date|Last-Translator|Language-Team):.*\n', "", text, flags=re.MULTILINE)
    path.write_text(kept.replace('"MIME-Version', f'{POEDIT}"MIME-Version', 1), encoding="utf-8")


def like_weblate(path: Path) -> None:
    """Rewrite a file as Weblate saves it: not wrapped, with its name and the day."""
    msgcat(path, "--no-wrap")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"MIME-Version', '"X-Generator: Weblate 5.9\\n"\n"MIME-Version', 1), encoding="utf-8")


def sorted_by_text(path: Path) -> None:
    """Rewrite a file in another order."""
    msgcat(path, "--sort-output", "--width=60")


def console_files() -> list[str]:
    """Return what the texts of the console and of the editors' pages are in."""
    folders = [ROOT / "referral" / "console", ROOT / "bot" / "editor"]
    files = [file for folder in folders for kind in ("*.py", "*.html") for file in sorted(folder.rglob(kind))]
    return [path.relative_to(ROOT).as_posix() for path in files]


def held(path: Path, language: str) -> dict[str, tuple[object, ...]]:
    """Return everything of a PO file that people write or read."""
    entries = entries_of(read_catalogue(path, language))
    return {
        key: (one.id, one.string, one.context, one.fuzzy, tuple(one.user_comments), tuple(one.auto_comments))
        for key, one in entries.items()
    }


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("rewrite", [like_poedit, like_weblate, sorted_by_text])
def test_an_editor_of_po_files_changes_no_text(locales: Path, language: str, rewrite: Callable[[Path], None]) -> None:
    assert_unchanged(locales, language, rewrite)


@pytest.mark.parametrize("language", TRANSLATED)
def test_pybabel_update_changes_no_text(locales: Path, language: str, templates: Path) -> None:
    def rewrite(path: Path) -> None:
        template = str(templates / f"{path.stem}.pot")
        pybabel("update", "-N", "--no-wrap", "-D", path.stem, "-i", template, "-o", str(path), "-l", language)

    assert_unchanged(locales, language, rewrite)


def assert_unchanged(locales: Path, language: str, rewrite: Callable[[Path], None]) -> None:
    """Check that a tool keeps all that people wrote, and that `update` brings our form back, byte for byte."""
    for domain in domains_of(locales, language):
        path = path_of(locales, language, domain)
        before = held(path, language)
        rewrite(path)
        assert held(path, language) == before, domain
    update(locales, language)
    for domain in domains_of(locales, language):
        shipped = path_of(LOCALES_DIR, language, domain)
        assert path_of(locales, language, domain).read_bytes() == shipped.read_bytes(), domain


def test_one_template_has_every_text_with_its_notes(tmp_path: Path) -> None:
    template = tmp_path / "korpu.pot"
    pybabel("extract", "-F", "locales/babel.cfg", "--no-location", "-o", str(template), ".")
    entries = held(template, "en")
    for language in ("az", "ru"):
        for domain in domains_of(LOCALES_DIR, language):
            wanted = held(path_of(LOCALES_DIR, language, domain), language)
            assert {key: (entry[0], entry[2]) for key, entry in wanted.items()}.items() <= {
                key: (entry[0], entry[2]) for key, entry in entries.items()
            }.items()
    notes = entries["answer/stay_overstay"][5]
    assert notes == (
        "risk: high",
        '{fine_min}: an amount with its currency, such as "50 AZN"',
        '{fine_max}: an amount with its currency, such as "50 AZN"',
        "{hotline_migration}: a telephone number (state)",
    )


def test_a_translator_learns_how_long_a_button_may_be() -> None:
    assert held(path_of(LOCALES_DIR, "ka", "dialogue"), "ka")["label/btn_talk"][5] == (
        "at most 32 characters (a button)",
    )


@pytest.mark.parametrize("path", sorted(LOCALES_DIR.rglob("*.po")), ids=lambda path: "-".join(path.parts[-3::2]))
def test_a_change_of_one_text_is_a_change_of_one_entry(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\n#:" not in text, "no places of lines"
    assert re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", text) == ["2026-11-24 00:00"], "one date, which never moves"
