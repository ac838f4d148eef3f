"""Addresses of the web, of mail, and commands such as /exit: the same in every language, and commands that exist."""

import re
from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.kept import kept

RULE = "links"
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"https?://[^\s<>\"»]+|www\.[^\s<>\"»]+|[\w.+-]+@[\w-]+\.[\w.-]*\w|t\.me/\w+")
_COMMAND = re.compile(r"(?<![\w/.:])/[a-z_]+")


def check(content: Content) -> Iterator[Finding]:
    """Yield links that a translation has not, or has of its own, and commands that the bot does not know."""
    known = {f"/{name.removeprefix('cmd_')}" for name in content.locales.labels if name.startswith("cmd_")}
    for text in content.pairs:
        wanted, held = links(text.english), links(text.text)
        if wanted != held:
            values = {"wanted": ", ".join(wanted) or "–", "held": ", ".join(held) or "–"}
            yield Finding(text.file, text.entry, RULE, "other", values)
    for text in content.english:
        unknown = [] if text.kind is Kind.SOURCE else [c for c in _commands(text.text) if c not in known]
        if unknown:
            values = {"commands": ", ".join(unknown), "known": ", ".join(sorted(known))}
            yield Finding(text.file, text.entry, RULE, "no_command", values)


@kept
def links(text: str) -> tuple[str, ...]:
    """Return addresses and commands of a text, sorted."""
    return tuple(sorted([*(link.rstrip(".,;:!?)") for link in _LINK.findall(_TAG.sub(" ", text))), *_commands(text)]))


@kept
def _commands(text: str) -> list[str]:
    return _COMMAND.findall(_LINK.sub(" ", _TAG.sub(" ", text)))
