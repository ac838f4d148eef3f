"""HTML: only <b> and <i>, closed in order, the same in every language, and none on a button."""

import re
from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.kept import kept

RULE = "tags"
ALLOWED = re.compile(r"</?[bi]>")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)")


def check(content: Content) -> Iterator[Finding]:
    """Yield tags that Telegram refuses, and those that a translation has lost or added."""
    for text in content.shown:
        if text.kind is Kind.SOURCE:
            continue
        if wrong := _tags(text.text) if text.kind is Kind.LABEL else _refused(text.text):
            yield Finding(text.file, text.entry, RULE, "not_allowed", {"tags": " ".join(wrong)})
        elif signs := _bare(text.text):
            yield Finding(text.file, text.entry, RULE, "bare", {"signs": " ".join(signs)})
        elif not _is_closed(text.text):
            yield Finding(text.file, text.entry, RULE, "open")
    for text in content.pairs:
        wanted, held = sorted(_tags(text.english)), sorted(_tags(text.text))
        if wanted != held:
            values = {"wanted": " ".join(wanted) or "–", "held": " ".join(held) or "–"}
            yield Finding(text.file, text.entry, RULE, "other", values)


@kept
def _tags(text: str) -> tuple[str, ...]:
    return tuple(TAG.findall(text))


def _refused(text: str) -> tuple[str, ...]:
    return tuple(tag for tag in _tags(text) if not ALLOWED.fullmatch(tag))


@kept
def _bare(text: str) -> tuple[str, ...]:
    return tuple(BARE.findall(TAG.sub("", text)))


@kept
def _is_closed(text: str) -> bool:
    expected: list[str] = []
    for tag in ALLOWED.findall(text):
        if not tag.startswith("</"):
            expected.append(tag.replace("<", "</"))
        elif not expected or expected.pop() != tag:
            return False
    return not expected
