"""The keeper of content: what has no mistake goes live, what has one changes nothing, whatever happens in between."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.live.files import version_of
from bot.content.live.keeper import Keeper
from bot.content.live.releases import KEPT, Releases
from bot.content.live.state import State, StateError, read_state
from bot.i18n import load_locales
from bot.intents import CATALOGUE_FILE, load_catalogue, present_catalogue
from bot.released import Released

PHONE = "hotline_emergency"
FACTS = "facts.yml"


@pytest.fixture
def released(tmp_path: Path, locales: Path) -> Released:
    """Return the place of a copy of the editors' files and of their releases."""
    return Released(tmp_path / "var", locales)


def number_of(released: Released) -> object:
    """Return the number that people are shown."""
    return load_locales(released.folder()).facts.named(PHONE).value


def change(released: Released, *, number: str) -> None:
    """Write another number into the editors' file."""
    path = released.locales_dir / FACTS
    head, found, tail = path.read_text(encoding="utf-8").partition(f"\n  {PHONE}:")
    lines = tail.split("\n")
    place = next(at for at, line in enumerate(lines) if line.strip().startswith("value:"))
    lines[place] = f'    value: "{number}"'
    path.write_text(head + found + "\n".join(lines), encoding="utf-8")


def state_of(released: Released) -> State:
    """Return what the keeper has noted."""
    return read_state(released.data_dir)


def keeper(released: Released, meanwhile: Callable[[], None] = lambda: None) -> Keeper:
    """Return a keeper that does not wait; `meanwhile` happens once, while it waits for the files to be still."""
    todo = [meanwhile]
    return Keeper(released, sleep=lambda _seconds: todo.pop()() if todo else None)


def test_what_has_no_mistake_goes_live_and_what_has_one_changes_nothing(released: Released) -> None:
    watching = keeper(released)
    first = watching.begin()
    assert (first.version, first.refused) == (version_of(released.locales_dir), None)
    change(released, number="103")
    assert watching.look()
    assert number_of(released) == "103"
    good = state_of(released)
    change(released, number="99999")
    assert not watching.look()
    assert number_of(released) == "103"
    bad = state_of(released)
    assert (bad.version, bad.since) == (good.version, good.since)
    assert bad.refused is not None
    assert bad.refused.version == version_of(released.locales_dir) != bad.version
    assert [(f.file, f.entry, f.key) for f in bad.refused.findings] == [("locales/facts.yml", PHONE, "phones.invalid")]
    change(released, number="103")  # the same content as before: the same version
    assert not watching.look()
    assert (state_of(released).version, state_of(released).refused) == (good.version, None)


def test_an_answer_that_is_finished_meanwhile_goes_live_without_a_restart(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = tmp_path / "catalogue.yml"
    whole = CATALOGUE_FILE.read_text(encoding="utf-8")
    draft = whole.replace("{name: work_permit,", "{name: work_permit, draft: true,")
    catalogue.write_text(draft, encoding="utf-8")
    for reader in ("bot.intents.catalogue", "bot.content.live.files"):
        monkeypatch.setattr(f"{reader}.CATALOGUE_FILE", catalogue)
    watching = keeper(released)
    began = watching.begin().refused
    assert began is not None
    assert {finding.key for finding in began.findings} == {"references.no_intent", "references.no_related"}
    catalogue.write_text(whole, encoding="utf-8")
    assert watching.look()
    assert (state_of(released).version, state_of(released).refused) == (version_of(released.locales_dir), None)


def test_while_somebody_writes_the_catalogue_the_one_of_the_start_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_start = load_catalogue()
    half = tmp_path / "catalogue.yml"
    half.write_text(CATALOGUE_FILE.read_text(encoding="utf-8")[:9000] + "[", encoding="utf-8")
    monkeypatch.setattr("bot.intents.catalogue.CATALOGUE_FILE", half)
    assert present_catalogue() is at_start


def test_a_file_that_is_half_saved_is_neither_released_nor_refused(released: Released) -> None:
    keeper(released).begin()
    before, whole = state_of(released), (released.locales_dir / FACTS).read_text(encoding="utf-8")
    (released.locales_dir / FACTS).write_text(whole[: len(whole) // 2], encoding="utf-8")
    watching = keeper(released, lambda: change_back(released, whole))
    assert not watching.look()
    assert (state_of(released).version, state_of(released).refused) == (before.version, None)
    assert watching.look()
    assert number_of(released) == "103"


def change_back(released: Released, whole: str) -> None:
    """Write the other half, with a new number."""
    (released.locales_dir / FACTS).write_text(whole, encoding="utf-8")
    change(released, number="103")


def test_a_crash_between_copy_and_switch_leaves_what_was_live_and_the_next_start_goes_on(
    released: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper(released).begin()
    before, old = state_of(released), number_of(released)
    change(released, number="103")
    with monkeypatch.context() as broken:
        broken.setattr(Releases, "_point_to", _crash)
        with pytest.raises(KeyboardInterrupt):
            keeper(released).look()
    assert (number_of(released), state_of(released)) == (old, before)
    after = keeper(released).begin()
    assert number_of(released) == "103"
    assert after.version == version_of(released.locales_dir)
    assert not (released.content_dir / "staging").exists()


def _crash(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_crash_between_switch_and_note_is_noted_at_the_next_look(
    released: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = keeper(released)
    watching.begin()
    change(released, number="103")
    with monkeypatch.context() as broken:
        broken.setattr("bot.content.live.keeper.write_state", _crash)
        with pytest.raises(KeyboardInterrupt):
            watching.look()
    assert number_of(released) == "103"
    assert state_of(released).version != version_of(released.locales_dir)
    keeper(released).look()
    assert state_of(released).version == version_of(released.locales_dir)


def test_an_earlier_content_comes_back_as_the_version_that_it_was(released: Released) -> None:
    watching = keeper(released)
    first = watching.begin()
    change(released, number="103")
    watching.look()
    second = state_of(released)
    change(released, number="112")
    assert watching.look()
    third = state_of(released)
    assert first.version == third.version != second.version
    assert number_of(released) == "112"
    assert third.since is not None
    assert second.since is not None
    assert third.since >= second.since


def test_only_the_last_releases_are_kept_and_only_their_owner_can_read_them(released: Released) -> None:
    releases, versions = Releases(released), []
    for number in ("101", "102", "103", "112"):
        change(released, number=number)
        with releases.alone():
            staged = releases.stage()
            releases.release(staged)
        versions.append(staged.version)
    kept = sorted(path.name for path in (released.content_dir / "releases").iterdir())
    assert kept == sorted(versions[-KEPT:])
    assert releases.live_version() == versions[-1] == released.folder().name
    for path in [released.content_dir, *released.content_dir.rglob("*")]:
        if not path.is_symlink():
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_two_keepers_release_the_same_once(released: Released) -> None:
    one, other = keeper(released), keeper(released)
    one.begin()
    other.begin()
    change(released, number="103")
    assert one.look()
    assert not other.look()
    assert len(list((released.content_dir / "releases").iterdir())) == 2
    assert state_of(released).refused is None


def test_a_release_that_lost_a_file_is_replaced_by_the_newest_whole_one(released: Released) -> None:
    watching = keeper(released)
    first = watching.begin()
    change(released, number="103")
    watching.look()
    (released.folder() / FACTS).write_bytes(b"")
    change(released, number="99999")
    after = keeper(released).begin()
    assert (after.version, number_of(released)) == (first.version, "112")
    assert after.refused is not None


def test_a_disk_that_cannot_be_written_changes_nothing(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    watching = keeper(released)
    watching.begin()
    before, old = state_of(released), number_of(released)
    change(released, number="103")
    with monkeypatch.context() as full:
        full.setattr(os, "open", _no_space)
        with pytest.raises(OSError, match="No space"):
            watching.look()
    assert (state_of(released), number_of(released)) == (before, old)
    assert watching.look()
    assert number_of(released) == "103"


def _no_space(*_arguments: object, **_named: object) -> int:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", [".facts.yml.swp", ".#facts.yml", "facts.yml~", "source/4913"])
def test_what_an_editors_program_keeps_beside_a_file_is_not_content(released: Released, name: str) -> None:
    before = version_of(released.locales_dir)
    path = released.locales_dir / name
    if name.startswith(".#"):
        path.symlink_to("somebody@somewhere.1234")
    else:
        path.write_text("value: [")
    assert version_of(released.locales_dir) == before


def test_a_file_that_no_rule_foresees_is_refused_and_ends_nothing(released: Released) -> None:
    watching = keeper(released)
    watching.begin()
    shutil.copytree(released.locales_dir / "en", released.locales_dir / "de")  # not served, but the gate reads it
    (released.locales_dir / "de" / "words.yml").write_text("quick_exit: 7\n")
    assert not watching.look()
    refused = state_of(released).refused
    assert refused is not None
    assert [finding.key for finding in refused.findings] == ["live.unforeseen"]


def test_a_review_that_is_overdue_keeps_nothing_back(released: Released) -> None:
    path = released.locales_dir / FACTS
    text = path.read_text(encoding="utf-8")
    at = text.index("review_by: ", text.index(f"\n  {PHONE}:"))
    path.write_text(text[:at] + text[at:].replace(text[at : at + 23], 'review_by: "2026-11-25"', 1), encoding="utf-8")
    state = keeper(released).begin()
    assert (state.version, state.refused) == (version_of(released.locales_dir), None)


def test_a_note_that_cannot_be_read_is_told_and_written_anew(released: Released) -> None:
    watching = keeper(released)
    watching.begin()
    (released.content_dir / "state.json").write_text("{")
    with pytest.raises(StateError, match=r"state\.json"):
        state_of(released)
    change(released, number="103")
    assert watching.look()
    assert state_of(released).version == released.folder().name
