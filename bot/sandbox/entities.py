"""Telegram's HTML, read as Telegram reads it: tags become entities with offsets in UTF-16 units."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from bot.text import utf16_length

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>|(?P<text>[^<]+)|(?P<stray><)")
_HREF = re.compile(r'href="([^"]*)"')


class ParseError(Exception):
    """The markup cannot be read; the message is Telegram's."""


@dataclass
class _Reader:
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return plain text and entities; raise `ParseError` with Telegram's words."""
    reader = _Reader()
    for match in _TOKEN.finditer(source):
        if match["stray"]:
            raise ParseError(f"can't parse entities: Unsupported start tag at byte offset {_byte(source, match)}")
        if match["text"]:
            reader.text += html.unescape(match["text"])
        elif match["close"]:
            _close(reader, match, source)
        else:
            _open(reader, match, source)
    if reader.open:
        name = reader.open[-1][0]
        raise ParseError(f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")
    return reader.text, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _open(reader: _Reader, match: re.Match[str], source: str) -> None:
    name = match["name"].lower()
    if name not in TYPES:
        place = _byte(source, match)
        raise ParseError(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {place}')
    href = _HREF.search(match["rest"])
    extra = {"url": href[1]} if name == "a" and href else {}
    reader.open.append((name, utf16_length(reader.text), extra))


def _close(reader: _Reader, match: re.Match[str], source: str) -> None:
    name = match["name"].lower()
    if not reader.open or reader.open[-1][0] != name:
        expected = reader.open[-1][0] if reader.open else ""
        place = _byte(source, match)
        raise ParseError(
            f'can\'t parse entities: Unmatched end tag at byte offset {place}, expected "</{expected}>", '
            f'found "</{name}>"'
        )
    _, start, extra = reader.open.pop()
    length = utf16_length(reader.text) - start
    if length:
        reader.entities.append({"type": TYPES[name], "offset": start, "length": length, **extra})


def _byte(source: str, match: re.Match[str]) -> int:
    return len(source[: match.start()].encode())
