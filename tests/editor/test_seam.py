"""Pages of another package in the console: by name, guarded, and nothing of them without the name."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.console.extension import ExtensionError, load_extensions
from tests.console.conftest import signed_in, token
from tests.console.test_roles import OPEN_TO_ALL

pytestmark = pytest.mark.databases("sqlite")


def test_an_editor_begins_at_the_texts(editor: FlaskClient) -> None:
    assert editor.get("/").headers["Location"] == "/editor/texts"
    assert 'aria-current="page">Texts' in editor.get("/editor/texts").text


def test_every_page_is_for_editors_only(app: Flask) -> None:
    stranger, worker = app.test_client(), signed_in(app, "leyla")
    seen = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/editor") or rule.endpoint.endswith("static"):
            continue
        address = rule.rule.replace("<path:subject>", "answer/life_money").replace("<int:number>", "1")
        address = address.replace("<id>", "abc").replace("<name>", "hotline_ombudsman")
        for method in rule.methods & {"GET", "POST"}:
            seen += 1
            data = {"csrf_token": token(worker, "/directory")} if method == "POST" else None
            assert worker.open(address, method=method, data=data).status_code == 403, rule
            if method == "GET":
                assert stranger.get(address).headers["Location"] == "/sign-in", rule
    assert seen >= 20
    assert 'href="/editor' not in worker.get("/queue").text
    assert "editor.static" not in OPEN_TO_ALL


@pytest.mark.parametrize("name", ["bot.nowhere", "bot.paths"])
def test_pages_that_are_not_there_are_told_by_name(name: str) -> None:
    with pytest.raises(ExtensionError, match=name):
        load_extensions((name,))
