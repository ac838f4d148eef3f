"""Sending the form of the edit page as a browser does: every field that the page shows, with what was typed."""

import html
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.content.changing import Place, value_of

LOW, HIGH = "answer/life_money", "answer/work_passport_kept"
TEXT, ANSWERS_AZ = "source/answers.yml", "az/LC_MESSAGES/answers.po"
_FIELD = re.compile(
    r'<input[^>]*\bname="(?P<input>[\w-]+)"[^>]*?(?: value="(?P<value>[^"]*)")[^>]*>'
    r'|<textarea[^>]*\bname="(?P<area>[\w-]+)"[^>]*>\n?(?P<text>.*?)</textarea>',
    re.DOTALL,
)


def fields(page: str) -> dict[str, str]:
    """Return the fields of the page's form as they are shown; boxes to tick are not ticked."""
    form = page.partition('class="edit"')[2]
    found = {}
    for match in _FIELD.finditer(form):
        if 'type="checkbox"' in match[0] or 'type="radio"' in match[0]:
            continue
        name = match["input"] or match["area"]
        found[name] = html.unescape(match["value"] if match["area"] is None else match["text"])
    return found


def send(browser: FlaskClient, subject: str, address: str = "", **typed: str) -> TestResponse:
    """Send the form of a text with what was typed."""
    data = {**fields(browser.get(f"/editor/text/{subject}").text), **typed}
    return browser.post(address or f"/editor/text/{subject}", data=data, content_type="multipart/form-data")


def changed(place: Place, language: str, old: str, new: str, *, of: str = LOW) -> dict[str, str]:
    """Return the fields of one language in which something is replaced, and what they were when the page was opened."""
    name = of.partition("/")[2]
    file, path = (TEXT, (name, "text")) if language == "en" else (f"{language}/LC_MESSAGES/answers.po", (of,))
    was = str(value_of(place.locales, file, path))
    assert old in was
    return {f"was-{language}-text": was, f"text-{language}-text": was.replace(old, new, 1)}
