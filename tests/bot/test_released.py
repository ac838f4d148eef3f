"""Following the released files: the pointer decides, a release that cannot be read changes nothing."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import released as bots
from bot.released import AGAIN_SECONDS, LOOK_SECONDS, Released
from referral import released as consoles
from referral.released import released_folder


class Place:
    """Releases with one word each, and a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.data_dir, self.locales = folder / "var", folder / "locales"
        self.now = 0.0
        self.reads = 0
        self._write(self.locales, "unreleased")

    def release(self, word: str) -> None:
        """Release a word."""
        content = self.data_dir / "content"
        self._write(content / "releases" / word, word)
        pointer = content / "next"
        pointer.symlink_to(f"releases/{word}")
        pointer.replace(content / "live")

    def read(self, folder: Path) -> str:
        """Read the word; that of the release `broken` cannot be."""
        self.reads += 1
        word = (folder / "word").read_text()
        if word == "broken":
            raise ValueError("words of an editor")
        return word

    def _write(self, folder: Path, word: str) -> None:
        folder.mkdir(parents=True)
        (folder / "word").write_text(word)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place without a release."""
    return Place(tmp_path)


@pytest.fixture(params=["bot", "console"])
def followed(place: Place, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return what follows the place: the bot's, and the console's, which may not import it."""
    if request.param == "console":
        return consoles.Followed(place.data_dir, place.locales, place.read, clock=lambda: place.now).current
    return bots.Followed(Released(place.data_dir, place.locales), place.read, clock=lambda: place.now).current


def test_without_a_release_the_editors_files_are_read(place: Place, followed: Callable[[], str]) -> None:
    assert followed() == "unreleased"


def test_a_release_is_seen_at_the_next_look_and_read_once(place: Place, followed: Callable[[], str]) -> None:
    place.release("first")
    place.now += LOOK_SECONDS / 2
    assert followed() == "unreleased"
    place.now += LOOK_SECONDS
    assert [followed() for _ in range(3)] == ["first"] * 3
    place.release("second")
    place.now += LOOK_SECONDS
    assert followed() == "second"
    assert place.reads == 3


def test_a_release_that_cannot_be_read_changes_nothing_and_is_told_without_its_words(
    place: Place, followed: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    place.release("first")
    place.now += LOOK_SECONDS
    assert followed() == "first"
    place.release("broken")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            place.now += AGAIN_SECONDS
            assert followed() == "first"
    assert [record.getMessage() for record in caplog.records] == [
        "The release broken cannot be read (ValueError); the one before stays."
    ]
    place.release("second")
    place.now += AGAIN_SECONDS
    assert followed() == "second"


def test_what_fails_for_a_moment_is_tried_again(place: Place, followed: Callable[[], str]) -> None:
    place.release("late")
    word = place.data_dir / "content" / "releases" / "late" / "word"
    word.rename(word.with_name("away"))
    place.now += LOOK_SECONDS
    assert followed() == "unreleased"
    word.with_name("away").rename(word)
    place.now += AGAIN_SECONDS
    assert followed() == "late"


def test_one_reads_from_a_release_and_not_through_the_pointer(place: Place) -> None:
    place.release("first")
    found = Released(place.data_dir, place.locales).folder(), released_folder(place.data_dir, place.locales)
    place.release("second")
    assert [(folder / "word").read_text() for folder in found] == ["first", "first"]
