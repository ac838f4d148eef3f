"""The console shows what is released while it runs: providers, its own words, today's wordings of consent."""

import shutil
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.i18n import LOCALES_DIR
from referral import released
from tests.referral.conftest import World

Told = Callable[..., UUID]


@pytest.fixture
def release(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return what releases the files with one text replaced: `release("providers.yml", "old", "new")`."""
    monkeypatch.setattr(released, "LOOK_SECONDS", 0.0)
    content = world.data_dir / "content"

    def make(file: str, old: str, new: str) -> None:
        folder = content / "releases" / str(len(list(content.glob("releases/*"))))
        shutil.copytree(LOCALES_DIR, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        (content / "next").symlink_to(folder)
        (content / "next").replace(content / "live")

    yield make
    shutil.rmtree(content)


def test_a_provider_and_a_word_of_the_console_change_at_once(client: FlaskClient, release: Callable[..., None]) -> None:
    assert "Line 777" not in client.get("/directory").text
    release("providers.yml", 'en: "YİMER 157', 'en: "Line 777')
    assert "Line 777" in client.get("/directory").text
    release("az/LC_MESSAGES/console.po", 'msgstr "Xidmətlər"', 'msgstr "Ünvanlar kitabı"')
    with client.session_transaction() as session:
        session["language"] = "az"
    page = client.get("/directory").text
    assert "Ünvanlar kitabı" in page
    assert "Line 777" not in page


def test_a_consent_to_the_wording_before_is_older_than_todays_as_soon_as_there_is_a_new_one(
    app: Flask, client: FlaskClient, told: Told, release: Callable[..., None]
) -> None:
    before = app.extensions["korpu"].wordings
    release("source/dialogue.yml", 'version: "', 'version: "9-')
    assert app.extensions["korpu"].wordings == {f"9-{version}" for version in before}


def test_a_directory_that_cannot_be_read_leaves_the_one_before(
    client: FlaskClient, release: Callable[..., None]
) -> None:
    release("providers.yml", "kind: service", "kind: magic")
    assert "YİMER 157" in client.get("/directory").text
