"""A start with a wrong file speaks the last good words, or does not happen; and what operators are told of it."""

from pathlib import Path

import pytest

from bot.content import commands
from bot.content.live.keeper import Keeper
from bot.content.live.start import begin
from bot.content.live.state import read_state
from bot.errors import OperatorError
from bot.released import Released
from bot.settings import Settings
from tests.content.edits import replaced, within

WRONG = within("facts.yml", "  minimum_wage", "value: 400", 'value: "much"')
DIALOGUE = "source/dialogue.yml"
NO_YAML = replaced("facts.yml", "facts:\n", "facts: [\n")
NO_WORDS = replaced("source/checks.yml", "report:\n", "report: [\n")


@pytest.fixture
def released(tmp_path: Path, locales: Path) -> Released:
    """Return the place of a copy of the editors' files and of their releases."""
    return Released(tmp_path / "var", locales)


def said_at_the_start(released: Released) -> str:
    """Return what is said when the processes are about to begin."""
    said: list[str] = []
    begin(released, say=said.append)
    return "\n".join(said)


def test_without_a_mistake_nothing_is_said_and_a_release_is_there(released: Released) -> None:
    assert said_at_the_start(released) == ""
    assert released.folder().parent == released.content_dir / "releases"
    assert said_at_the_start(released) == ""


def test_with_a_mistake_and_no_release_nothing_starts(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KORPU_LANG", "ru")
    WRONG(released.locales_dir)
    said: list[str] = []
    with pytest.raises(OperatorError, match=r"1 mistake\(s\), told above, and nothing was released before"):
        begin(released, say=said.append)
    assert [line.partition(": ")[0] for line in said] == ["locales/facts.yml"]
    assert "не подходит к единице AZN" in said[0]
    assert not (released.content_dir / "live").exists()


@pytest.mark.parametrize("break_it", [WRONG, NO_YAML, NO_WORDS], ids=["value", "form", "words of the check"])
def test_with_a_mistake_and_a_release_that_is_shown_and_it_is_said_loudly(
    released: Released, break_it: "object", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KORPU_LANG", "en")
    begin(released, say=print)
    before = released.folder()
    assert callable(break_it)
    break_it(released.locales_dir)
    said = said_at_the_start(released)
    assert said.startswith("locales/")
    assert f"NOTHING OF IT IS SHOWN. People read version {before.name}" in said
    assert released.folder() == before


def test_files_that_lack_what_the_program_asks_for_are_told_by_name(released: Released) -> None:
    replaced("source/dialogue.yml", "  goodbye:\n", "  farewell:\n")(released.locales_dir)
    said: list[str] = []
    with pytest.raises(OperatorError, match="lacks 1 entries that this version of the program asks for"):
        begin(released, say=said.append)
    assert any("text/goodbye" in line for line in said)


def test_what_a_wrong_file_has_more_is_told_loudly_and_the_last_good_words_serve(
    released: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.content.live.start.LOCALES_DIR", released.locales_dir)
    whole = (released.locales_dir / DIALOGUE).read_text(encoding="utf-8")
    replaced(DIALOGUE, "  goodbye:\n", "  farewell:\n")(released.locales_dir)
    begin(released, say=print)  # the files of the old version
    (released.locales_dir / DIALOGUE).write_text(whole, encoding="utf-8")
    WRONG(released.locales_dir)
    said = said_at_the_start(released)
    assert "text/goodbye" in said
    assert "have 1 entries, told above, that are not released yet" in said
    assert "NOTHING OF IT IS SHOWN" in said


def test_a_release_from_before_an_upgrade_serves_a_program_that_has_one_answer_more(
    released: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(released, say=print)
    monkeypatch.setattr("bot.content.live.start.LOCALES_DIR", released.locales_dir)
    replaced("source/answers.yml", "work_permit:\n", "work_permit_new:\n")(released.locales_dir)
    assert "NOTHING OF IT IS SHOWN" in said_at_the_start(released)


def test_what_a_running_program_reads_cannot_be_taken_from_it(released: Released) -> None:
    begin(released, say=print)
    keeper = Keeper(released, sleep=lambda _seconds: None)
    within("source/dialogue.yml", "  ask_narrative", '    expect: "sealed:narrative"\n', "")(released.locales_dir)
    assert not keeper.look()
    refused = read_state(released.data_dir).refused
    assert refused is not None
    assert [(f.entry, f.key) for f in refused.findings] == [("text/ask_narrative", "live.other")]


def test_the_status_tells_what_is_live_and_why_other_files_are_not(
    released: Released, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KORPU_DATA_DIR", str(released.data_dir))
    monkeypatch.setenv("KORPU_LOCALES_DIR", str(released.locales_dir))
    assert commands.status(lang="en") == 0
    assert "nothing is released yet" in capsys.readouterr().out
    begin(Settings.from_env().released, say=print)
    WRONG(released.locales_dir)
    Keeper(released).look()
    assert commands.status(lang="az") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"version {released.folder().name} of {released.locales_dir} is live since 20")
    assert lines[2].endswith("has 1 mistake(s) and is not shown:")
    assert "AZN vahidinə uyğun deyil" in lines[3]
