"""Every seeded slip is found by its rule, in its file and entry; the shipped content has none."""

from pathlib import Path

import pytest

from bot.content.check import Report, check_content
from bot.content.finding import Finding, Level
from bot.content.rules import RULES
from bot.i18n import language_codes
from tests.content.broken_files import BROKEN
from tests.content.conftest import TODAY, copy_to
from tests.content.edits import Mistake
from tests.content.mistakes import MISTAKES

# What follows of itself: where the note is lost, each answer that needs it is told too.
FOLLOWS = {("fallback.no_note", "locales/ar/LC_MESSAGES/answers.po")}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return what the check says of a copy with all slips at once: each is in an entry of its own."""
    locales = copy_to(tmp_path_factory.mktemp("slips"))
    for edit in dict.fromkeys(mistake.edit for mistake in MISTAKES):
        edit(locales)
    return check_content(locales, today=TODAY)


def of(mistake: Mistake) -> tuple[str, str, str]:
    """Return what a finding of the mistake has."""
    return f"{mistake.rule}.{mistake.problem}", f"locales/{mistake.file}", mistake.entry


def has(finding: Finding) -> tuple[str, str, str]:
    """Return what a finding has."""
    return finding.key, finding.file, finding.entry


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_slip_is_found_where_it_is(report: Report, mistake: Mistake) -> None:
    assert of(mistake) in {has(finding) for finding in report.errors}


def test_nothing_else_is_found(report: Report) -> None:
    places = {of(mistake)[1:] for mistake in MISTAKES}
    others = [f for f in report.errors if (f.file, f.entry) not in places and (f.key, f.file) not in FOLLOWS]
    assert others == []


def test_every_rule_is_tried_twice_and_every_language_once() -> None:
    tried = [mistake.rule for mistake in MISTAKES]
    assert {rule: tried.count(rule) for rule in RULES if tried.count(rule) < 2} == {}
    languages = {mistake.file.partition("/")[0] for mistake in MISTAKES}
    assert languages >= {"az", "en", "ru", "tr", "fa", "ar", "uk", "ka", "source", "facts.yml"}


@pytest.mark.parametrize("mistake", BROKEN, ids=str)
def test_a_broken_file_is_told_before_anything_else(locales: Path, mistake: Mistake) -> None:
    mistake.edit(locales)
    found = check_content(locales, today=TODAY)
    assert of(mistake) in {has(finding) for finding in found.errors}
    assert {finding.file for finding in found.errors} == {f"locales/{mistake.file}"}


def test_the_shipped_content_has_no_mistake() -> None:
    shipped = check_content(today=TODAY)
    assert shipped.errors == ()
    # Everything is translated and looked at, and only one number waits for somebody to call it.
    told = [has(finding) for finding in shipped.warnings if finding.rule != "waiting"]
    assert told == [("facts.weak", "locales/facts.yml", "hotline_labour")]


def test_what_is_soon_due_is_a_warning(locales: Path) -> None:
    soon = TODAY.replace(year=2027, month=1, day=15)
    found = check_content(locales, today=soon)
    assert found.errors == ()
    assert ("reviews.soon", "locales/facts.yml", "hotline_emergency") in {has(f) for f in found.warnings}
    assert ("reviews.overdue", "locales/facts.yml", "hotline_emergency") in {
        has(f) for f in check_content(locales, today=soon.replace(month=2)).errors
    }


def test_an_urgent_change_in_english_need_not_wait_for_its_translations(locales: Path) -> None:
    source = locales / "source" / "answers.yml"
    old = "Nobody may keep your passport, not your employer, not an agent."
    source.write_text(source.read_text().replace(old, "Nobody may keep your passport: no employer, no agent."))
    found = check_content(locales, today=TODAY)
    assert found.errors == ()
    stale = [finding for finding in found.warnings if finding.key == "fallback.stale_high"]
    assert len(stale) == len(language_codes()) - 1
    assert {finding.level for finding in stale} == {Level.WARNING}
