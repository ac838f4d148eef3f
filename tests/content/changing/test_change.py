"""A change: small, checked, whole, recorded; nothing of another hand is overwritten."""

import difflib
import os
import subprocess
from pathlib import Path

import pytest

from bot.content.changing import (
    ChangeError,
    Conflict,
    Edit,
    NeedsSecondPerson,
    NothingChanged,
    Place,
    Refused,
    Standing,
    approve,
    decline,
    make_change,
    needs_second_person,
    propose,
    read_changes,
    read_proposal,
    value_of,
)
from bot.content.changing import trial as trial_module
from bot.content.changing.record import read_all_patches
from bot.content.changing.risk import emergency_facts
from bot.i18n import load_locales
from tests.content.changing.conftest import AYSEL, RUSLAN, edit_of, replaced

EN, AZ, FA = "source/answers.yml", "az/LC_MESSAGES/answers.po", "fa/LC_MESSAGES/answers.po"
MONEY = ("answer/life_money",)
ENGLISH_MONEY = ("life_money", "text")
HIGH = ("answer/work_passport_kept",)
WAGE = ("facts", "minimum_wage", "value")


def contents(place: Place) -> dict[str, str]:
    """Return every editors' file."""
    return {
        path.relative_to(place.locales).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(place.locales.rglob("*"))
        if path.is_file()
    }


def changed_lines(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Return file → the lines that went and came."""
    return {
        file: [
            line
            for line in difflib.unified_diff(before[file].splitlines(), after[file].splitlines(), n=0, lineterm="")
            if line[0] in "+-" and not line.startswith(("+++", "---"))
        ]
        for file in after
        if before[file] != after[file]
    }


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@korpu.invalid", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def test_changes_are_small_recorded_and_taken_by_git(place: Place) -> None:
    folder = place.locales.parent
    git(folder, "init", "-q")
    git(folder, "add", "locales")
    git(folder, "commit", "-q", "-m", "before")
    answers = place.locales / AZ
    answers.chmod(0o640)
    before = contents(place)

    translation = replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")
    first = make_change(place, [translation], AYSEL, "From: nobody\n--- a reason\nof two lines: “ə”")
    now = contents(place)
    assert changed_lines(before, now) == {
        AZ: [
            '-"<b>Pulu bank, poçt və ya tanınmış köçürmə şirkəti ilə göndərin, qəbzi saxlayın.</b>\\n"',
            '+"<b>Pulu bank, poçt və ya tanınmış köçürmə şirkəti ilə göndərin, qəbzi atmayın.</b>\\n"',
        ]
    }
    assert answers.stat().st_mode & 0o777 == 0o640

    english = replaced(place, EN, ENGLISH_MONEY, "keep the receipt", "keep every receipt")
    second = make_change(
        place, [english, edit_of(place, AZ, MONEY, str(translation.after))], RUSLAN, "A receipt for each"
    )
    lines = changed_lines(now, contents(place))
    new = [line for line in lines[FA] if not line.startswith("+#| ")]  # beside the English of before
    assert [len(lines[EN]), len(lines[AZ]), len(new)] == [2, 2, 3]
    assert any("keep the receipt" in line for line in lines[FA] if line.startswith("+#| "))
    assert "+#, fuzzy, python-brace-format" in lines[FA] or "+#, fuzzy" in lines[FA]
    shown = load_locales(place.locales)
    assert "qəbzi atmayın" in shown.answer("life_money", "az")
    assert "keep every receipt" in shown.answer("life_money", "fa")  # until somebody has translated it again

    assert [change.number for change in read_changes(place)] == [2, 1]
    assert read_changes(place, "answer/life_money") == [second, first]
    assert read_changes(place, "answer/life_school") == []

    after = contents(place)
    git(folder, "checkout", "-q", "--", "locales")
    (folder / "all.mbox").write_text(read_all_patches(place), encoding="utf-8")
    git(folder, "am", "all.mbox")
    assert contents(place) == after
    log = git(folder, "log", "--reverse", "--format=%an|%ae|%at|%s", "HEAD~2..").splitlines()
    assert log == [
        f"Aysel Məmmədova|aysel@korpu.invalid|{first.at.timestamp():.0f}|"
        "answer/life_money: From: nobody --- a reason of two lines: “ə”",
        f"ruslan|ruslan@korpu.invalid|{second.at.timestamp():.0f}|answer/life_money: A receipt for each",
    ]


def test_another_hand_is_not_overwritten(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")
    answers = place.locales / AZ
    theirs = answers.read_text(encoding="utf-8").replace("qəbzi saxlayın", "çeki saxlayın")
    answers.write_text(theirs, encoding="utf-8")
    with pytest.raises(Conflict) as conflict:
        make_change(place, [mine], AYSEL, "why")
    assert "çeki saxlayın" in str(conflict.value.clashes[0].now)
    assert answers.read_text(encoding="utf-8") == theirs

    elsewhere = edit_of(place, AZ, MONEY, str(mine.after))
    check = trial_module.check_content

    def somebody_saves_during_the_check(directory: Path) -> object:
        answers.write_text(theirs + "\n# a note\n", encoding="utf-8")
        return check(directory)

    monkeypatch.setattr(trial_module, "check_content", somebody_saves_during_the_check)
    with pytest.raises(ChangeError, match="at the same moment"):
        make_change(place, [elsewhere], AYSEL, "why")
    assert answers.read_text(encoding="utf-8") == theirs + "\n# a note\n"
    assert read_changes(place) == []


def test_new_mistakes_are_refused_and_old_ones_of_other_entries_do_not_block(place: Place) -> None:
    before = contents(place)
    with pytest.raises(Refused) as refused:
        make_change(place, [replaced(place, AZ, MONEY, "</b>", "")], AYSEL, "why")
    assert {(finding.rule, finding.entry) for finding in refused.value.findings} == {
        ("layout", "answer/life_money"),
        ("tags", "answer/life_money"),
    }
    assert contents(place) == before

    school = place.locales / AZ
    broken = before[AZ].replace("Hesab açmaq üçün", "Hesab! açmaq üçün")
    school.write_text(broken, encoding="utf-8")
    other = replaced(place, AZ, ("answer/life_language_course",), "<b>", "<b> ")
    make_change(place, [other], AYSEL, "another entry")
    with pytest.raises(Refused):
        make_change(place, [replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")], AYSEL, "that entry")

    (place.locales / "facts.yml").write_text("facts: [", encoding="utf-8")
    with pytest.raises(Refused) as unreadable:
        make_change(place, [replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")], AYSEL, "unreadable")
    assert {finding.key for finding in unreadable.value.findings} == {"file.not_yaml"}


def test_what_is_dangerous_waits_for_another_person(place: Place) -> None:
    edit = replaced(place, AZ, HIGH, "<b>", "<b> ")
    with pytest.raises(NeedsSecondPerson):
        make_change(place, [edit], AYSEL, "why")
    proposal = propose(place, [edit], AYSEL, "why")
    with pytest.raises(ChangeError, match="of their own"):
        approve(place, proposal.id, AYSEL)
    assert value_of(place.locales, AZ, HIGH) == edit.before

    change = approve(place, proposal.id, RUSLAN)
    assert (change.author, change.approved_by) == (AYSEL, "ruslan")
    assert value_of(place.locales, AZ, HIGH) == edit.after
    kept = read_proposal(place, proposal.id)
    assert kept is not None
    assert (kept.standing, kept.decided_by, kept.change) == (Standing.APPROVED, "ruslan", change.number)
    with pytest.raises(ChangeError, match="already decided"):
        decline(place, proposal.id, RUSLAN, "too late")
    assert "Approved-by: ruslan" in read_all_patches(place)


def test_a_proposal_that_no_longer_fits_stays(place: Place) -> None:
    edit = replaced(place, AZ, HIGH, "<b>", "<b> ")
    proposal = propose(place, [edit], AYSEL, "why")
    answers = place.locales / AZ
    theirs = answers.read_text(encoding="utf-8").replace(str(edit.before).splitlines()[0], "<b>Başqa.</b>")
    answers.write_text(theirs, encoding="utf-8")
    with pytest.raises(Conflict):
        approve(place, proposal.id, RUSLAN)
    kept = read_proposal(place, proposal.id)
    assert kept is not None
    assert kept.standing is Standing.OPEN
    with pytest.raises(ChangeError, match="few words why"):
        decline(place, proposal.id, RUSLAN, " ")
    assert decline(place, proposal.id, RUSLAN, "see theirs").answer == "see theirs"


@pytest.mark.parametrize(
    ("file", "path", "needed"),
    [
        (EN, ("work_passport_kept", "label"), True),
        (EN, ("work_passport_kept", "checked"), False),
        (EN, ENGLISH_MONEY, False),
        ("source/dialogue.yml", ("texts", "card_danger_now", "text"), True),
        ("source/dialogue.yml", ("texts", "ask_consent", "text"), True),
        ("source/dialogue.yml", ("texts", "help", "text"), False),
        ("az/LC_MESSAGES/dialogue.po", ("text/card_self_harm",), True),
        ("az/LC_MESSAGES/dialogue.po", ("text/card_self_harm", "reviews"), False),
        ("facts.yml", ("facts", "hotline_emergency", "value"), True),
        ("facts.yml", ("facts", "hotline_emergency", "test_dialled"), False),
        ("facts.yml", WAGE, False),
    ],
)
def test_which_changes_need_a_second_person(place: Place, file: str, path: tuple[str, ...], *, needed: bool) -> None:
    assert needs_second_person(place.locales, [Edit(file, path, "old", "new")]) is needed


def test_emergency_facts_are_those_of_the_cards(place: Place) -> None:
    assert emergency_facts(place.locales) == {"hotline_emergency", "police", "ambulance"}


def test_a_review_is_noted_and_ends_with_the_text(place: Place) -> None:
    path = (*MONEY, "reviews")
    review = "reviewed (native): Aysel, 2026-11-26"
    make_change(place, [Edit(AZ, path, [], [review])], AYSEL, "read aloud")
    assert f"# {review}\n" in (place.locales / AZ).read_text(encoding="utf-8")
    with pytest.raises(NothingChanged):
        make_change(place, [Edit(AZ, path, [review], [review])], AYSEL, "again")
    make_change(place, [replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")], RUSLAN, "better")
    assert value_of(place.locales, AZ, path) == []


@pytest.mark.parametrize("file", ["../facts.yml", "/etc/passwd", "source/none.yml", "babel.cfg"])
def test_only_editors_files_are_changed(place: Place, file: str) -> None:
    with pytest.raises(ChangeError, match="no file"):
        make_change(place, [Edit(file, ("a",), None, "b")], AYSEL, "why")


def test_a_change_needs_a_reason(place: Place) -> None:
    with pytest.raises(ChangeError, match="needs a reason"):
        make_change(place, [replaced(place, AZ, MONEY, "qəbzi saxlayın", "qəbzi atmayın")], AYSEL, " \n ")


@pytest.mark.parametrize("stop_at", [1, 2])
def test_a_change_that_a_crash_cuts_in_two_is_finished_by_the_next(
    place: Place, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """The process ends after the first of several files, or after all of them and before the record."""

    class Crash(BaseException):
        pass

    written = []
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if Path(target).suffix in (".yml", ".po"):
            if len(written) == stop_at:
                raise Crash
            written.append(target)
        return real(path, target)

    english = replaced(place, EN, ENGLISH_MONEY, "keep the receipt", "keep every receipt")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(Crash):
            make_change(place, [english], AYSEL, "each one")
    assert len(written) == stop_at
    assert read_changes(place) == []

    other = replaced(place, AZ, ("answer/life_language_course",), "<b>", "<b> ")
    make_change(place, [other], RUSLAN, "another")
    assert [(change.number, change.reason) for change in read_changes(place)] == [(2, "another"), (1, "each one")]
    assert value_of(place.locales, EN, ENGLISH_MONEY) == english.after
    assert "keep every receipt" in load_locales(place.locales).answer("life_money", "az")
    assert not list(place.locales.rglob(".*"))
