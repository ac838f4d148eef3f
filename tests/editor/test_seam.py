"""Pages of another package in the console: by name, guarded, and nothing of them without the name."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.console.extension import ExtensionError, load_extensions
from tests.console.conftest import signed_in
from tests.console.test_roles import OPEN_TO_ALL

pytestmark = pytest.mark.databases("sqlite")


def test_an_editor_begins_at_the_texts(editor: FlaskClient) -> None:
    assert editor.get("/").headers["Location"] == "/content/texts"
    assert 'aria-current="page">Texts' in editor.get("/content/texts").text


def test_every_page_is_for_editors_only(app: Flask) -> None:
    stranger, worker = app.test_client(), signed_in(app, "leyla")
    seen = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/content") or rule.endpoint.endswith("static"):
            continue
        address = rule.rule.replace("<path:subject>", "answer/life_money").replace("<int:number>", "1")
        address = address.replace("<id>", "abc")
        for method in rule.methods & {"GET"}:
            seen += 1
            assert stranger.open(address, method=method).headers["Location"] == "/sign-in", rule
            assert worker.open(address, method=method).status_code == 403, rule
    assert seen >= 2
    assert 'href="/content' not in worker.get("/queue").text
    assert "editor.static" not in OPEN_TO_ALL


@pytest.mark.parametrize("name", ["bot.nowhere", "bot.paths"])
def test_pages_that_are_not_there_are_told_by_name(name: str) -> None:
    with pytest.raises(ExtensionError, match=name):
        load_extensions((name,))
