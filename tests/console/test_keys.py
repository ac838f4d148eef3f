"""Keys in the console: the list that changes, the list that cannot be believed, and what everybody is told of keys."""

import datetime as dt
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral import audit, session_scope
from referral.console.key_list import KeyList, Trouble
from referral.errors import ManifestForged
from referral.published import FILE
from referral.service.common import today
from tests.console.conftest import signed_in
from tests.referral.conftest import World

REFUSED = "A new list of keys cannot be believed"


def note(world: World, act: audit.Act) -> None:
    """Write what happened to a key into the log."""
    own = world.own.organisation_id
    with session_scope(world.engine) as session:
        why = "everybody <b>left"
        audit.append(session, act=act, actor="custodians", role="custodians", object_id=own, detail=why)


def test_a_new_list_is_used_without_a_restart(app: Flask, client: FlaskClient, world: World) -> None:
    case = world.open()
    world.take(case)
    assert "Newcomers" not in client.get(f"/case/{case}/ask").text
    world.partner("arzu", "Newcomers")
    assert "Newcomers" in client.get(f"/case/{case}/ask").text


@pytest.mark.usefixtures("staff")
def test_a_list_that_was_changed_is_refused_and_supervisors_are_told(
    app: Flask, client: FlaskClient, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor = signed_in(app, "vusal")
    path = world.data_dir / FILE
    genuine = path.read_bytes()
    path.write_bytes(genuine.replace(b"Org", b"0rg"))
    with caplog.at_level(logging.ERROR):
        assert REFUSED in supervisor.get("/queue").text
    assert "ManifestForged" in caplog.text
    assert REFUSED not in client.get("/queue").text
    assert ">Org<" in client.get("/queue").text  # the one before is used
    path.write_bytes(genuine)
    assert REFUSED not in supervisor.get("/queue").text


def test_an_older_list_and_a_missing_one_are_refused(world: World) -> None:
    path = world.data_dir / FILE
    old = path.read_bytes()
    world.partner()
    keys = KeyList(world.data_dir)
    for content in (old, None):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        assert len(keys.current().manifest.organisations) == 2
        assert keys.trouble(today=today()) is Trouble.REFUSED


def test_a_refused_list_is_named_in_the_log_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    keys = KeyList(world.data_dir)
    (world.data_dir / FILE).write_bytes(b"{}")
    for _again in range(3):
        keys.current()
    assert caplog.text.count("is refused") == 1


def test_without_a_list_that_can_be_believed_there_is_no_console(world: World) -> None:
    (world.data_dir / FILE).write_bytes(b"{}")
    with pytest.raises(ManifestForged):
        KeyList(world.data_dir)


def test_the_end_of_a_list_is_said(world: World) -> None:
    keys = KeyList(world.data_dir)
    last = keys.current().manifest.expires
    assert keys.trouble(today=last) is None
    assert keys.trouble(today=last + dt.timedelta(days=1)) is Trouble.EXPIRED


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("login", ["leyla", "aysel", "vusal", "editor"])
def test_everybody_is_told_when_a_key_was_exchanged_or_opened(app: Flask, world: World, login: str) -> None:
    browser = signed_in(app, login)
    assert "A key was" not in browser.get("/directory").text
    note(world, audit.Act.KEY_ROTATED)
    assert "A key was exchanged" in browser.get("/directory").text
    note(world, audit.Act.ESCROW_OPENED)
    text = browser.get("/directory").text
    assert text.index("A key was opened with the paper keys") < text.index("A key was exchanged")
    assert "everybody &lt;b&gt;left" in text


def test_another_organisations_key_is_not_ones_own(app: Flask, world: World) -> None:
    world.partner()
    note(world, audit.Act.KEY_ROTATED)
    assert "A key was" not in signed_in(app, "nigar").get("/queue").text


def test_the_header_names_ones_own_organisation(app: Flask, world: World) -> None:
    world.partner("nigar", "Partner")
    browser = app.test_client()
    assert '<span class="organisation">Org</span>' in browser.get("/sign-in").text
    assert '<span class="organisation">Partner</span>' in signed_in(app, "nigar").get("/queue").text
