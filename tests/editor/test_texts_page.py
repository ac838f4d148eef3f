"""The list: every text, the state of each language, and what an editor looks for."""

import re

import pytest
from flask.testing import FlaskClient

from bot.content.changing import Place
from bot.i18n import load_locales
from tests.editor.forms import ANSWERS_AZ, LOW
from tests.referral.conftest import World
from tests.referral.feedback.said import say

pytestmark = pytest.mark.databases("sqlite")


def listed(page: str) -> list[str]:
    """Return the ids of the texts that a page lists."""
    return re.findall(r'<div class="what">\s*<a href="/editor/text/([^"?]+)', page)


def test_every_text_is_listed_once(editor: FlaskClient, place: Place) -> None:
    locales = load_locales(place.locales)
    answers = listed(editor.get("/editor/texts").text)
    assert sorted(answers) == sorted(f"answer/{intent}" for intent in locales.answers)
    messages = listed(editor.get("/editor/texts?kind=text").text)
    assert sorted(messages) == sorted(f"text/{name}" for name in locales.dialogue)


@pytest.mark.parametrize("words", ["qəbzi saxlayın", "QƏBZİ SAXLAYIN", "keep the receipt", "life_money"])
def test_words_are_found_in_any_language(editor: FlaskClient, words: str) -> None:
    assert listed(editor.get("/editor/texts", query_string={"words": words}).text) == [LOW]


def test_the_list_is_narrowed_down(editor: FlaskClient, place: Place) -> None:
    file = place.locales / ANSWERS_AZ
    entry = '\n#, python-brace-format\nmsgctxt "answer/hotline_labour"'
    text = file.read_text(encoding="utf-8")
    assert text.count(entry) == 1
    file.write_text(text.replace(entry, entry.replace("#,", "#, fuzzy,")), encoding="utf-8")
    assert listed(editor.get("/editor/texts?language=az&state=stale").text) == ["answer/hotline_labour"]
    assert listed(editor.get("/editor/texts?language=fa&state=stale").text) == []
    high = listed(editor.get("/editor/texts?high=1&group=work").text)
    assert "answer/work_passport_kept" in high
    assert "answer/work_training" not in high
    assert "answer/hotline_labour" in listed(editor.get("/editor/texts?trouble=1").text)
    assert listed(editor.get("/editor/texts?state=<script>&kind=x&language=zz").text)


def test_a_group_is_called_as_in_the_menu(editor: FlaskClient) -> None:
    assert '<h2 id="group-stay">Papers and stay' in editor.get("/editor/texts").text


def test_what_people_said_of_the_present_words_is_shown(editor: FlaskClient, place: Place, world: World) -> None:
    version = load_locales(place.locales).answer_version("life_money", "az")
    for chat, helpful, of in ((1, True, version), (2, False, version), (3, True, "00000000")):
        say(world, chat, helpful=helpful, intent="life_money", version=of)
    assert "helped: 1, not: 1" in editor.get("/editor/texts").text
    assert "helped: 1, not: 1" in editor.get(f"/editor/text/{LOW}?with=az").text
    assert "helped:" not in editor.get(f"/editor/text/{LOW}?with=fa").text
