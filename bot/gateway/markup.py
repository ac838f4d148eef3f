"""Telegram's HTML: kept well-formed, and cut into messages of at most 4096 UTF-16 units."""

import html
import re

from bot.text import utf16_length

LIMIT = 4096
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ALLOWED = re.compile(r"</?(?:b|i|u|s|code)>")


def plain(text: str) -> str:
    """Return what a person sees of an HTML text."""
    return html.unescape(_TAG.sub("", text))


def well_formed(text: str) -> str:
    """Return the text if its tags are allowed and balanced, else its words without any markup."""
    open_tags: list[str] = []
    for tag in _TAG.findall(text):
        name = tag.strip("</>")
        if not _ALLOWED.fullmatch(tag):
            return html.escape(plain(text), quote=False)
        if not tag.startswith("</"):
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return html.escape(plain(text), quote=False)
    return html.escape(plain(text), quote=False) if open_tags else text


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Cut a text at line ends into parts that Telegram accepts; a part is never empty and never breaks a tag."""
    if utf16_length(plain(text)) <= limit:
        return [text] if plain(text).strip() else []
    parts: list[str] = []
    current = ""
    for line in text.split("\n"):
        for piece in _pieces(line, limit):
            joined = f"{current}\n{piece}" if current else piece
            if current and utf16_length(plain(joined)) > limit:
                parts.append(current)
                current = piece
            else:
                current = joined
    parts.append(current)
    return [well_formed(part) for part in parts if plain(part).strip()]


def _pieces(line: str, limit: int) -> list[str]:
    if utf16_length(plain(line)) <= limit:
        return [line]
    words = html.escape(plain(line), quote=False).split(" ")  # a line this long loses its markup, not its words
    pieces, current = [], ""
    for word in words:
        for chunk in _chunks(word, limit):
            joined = f"{current} {chunk}" if current else chunk
            if current and utf16_length(html.unescape(joined)) > limit:
                pieces.append(current)
                current = chunk
            else:
                current = joined
    return [*pieces, current]


def _chunks(word: str, limit: int) -> list[str]:
    size = limit // 2  # a character takes at most two units
    return [word[i : i + size] for i in range(0, len(word), size)] if utf16_length(word) > limit else [word]
