"""A console with the editors' pages, over a copy of the editors' files in few languages, and editors in browsers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.content.changing import Place
from referral.console.app import create_app
from referral.console.extension import load_extensions
from referral.enums import StaffRole
from tests.console.conftest import COMPILED, signed_in
from tests.content.changing.conftest import few_languages
from tests.referral.conftest import World, world

__all__ = ["world"]


@pytest.fixture
def place(tmp_path: Path, world: World) -> Place:
    """Return the files of this test's editors."""
    return Place(few_languages(tmp_path / "files"), world.data_dir)


@pytest.fixture
def app(world: World, place: Place) -> Flask:
    """Return the console with the editors' pages, and two editors who may sign in."""
    for login in ("editor", "reader"):
        world.hire(login, StaffRole.EDITOR)
    made = create_app(
        engine=world.console,
        data_dir=world.data_dir,
        session_key=bytes(32),
        locales=place.locales,
        extensions=load_extensions(("bot.editor",)),
    )
    made.jinja_env.bytecode_cache = COMPILED
    return made


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Return the browser of the first editor."""
    return signed_in(app, "editor")


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Return the browser of the second editor."""
    return signed_in(app, "reader")


@pytest.fixture
def staff(world: World, app: Flask) -> None:
    """A supervisor, who may edit texts too, and a caseworker, who may not."""
    for login, role in (("vusal", StaffRole.SUPERVISOR), ("aysel", StaffRole.CASEWORKER)):
        world.hire(login, role)
