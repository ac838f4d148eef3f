"""HTML: only <b> and <i>, closed in order, the same in every language, and none on a button."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding

RULE = "tags"
ALLOWED = re.compile(r"</?[bi]>")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)")


def check(content: Content) -> Iterator[Finding]:
    """Yield tags that Telegram refuses, and those that a translation has lost or added."""
    for text in content.shown:
        if text.kind is Kind.SOURCE:
            continue
        allowed = re.compile(r"(?!)") if text.kind is Kind.LABEL else ALLOWED
        if wrong := [tag for tag in TAG.findall(text.text) if not allowed.fullmatch(tag)]:
            yield Finding(text.file, text.entry, RULE, "not_allowed", {"tags": " ".join(wrong)})
        elif signs := BARE.findall(TAG.sub("", text.text)):
            yield Finding(text.file, text.entry, RULE, "bare", {"signs": " ".join(signs)})
        elif not _is_closed(ALLOWED.findall(text.text)):
            yield Finding(text.file, text.entry, RULE, "open")
    for text in content.pairs:
        wanted, held = Counter(TAG.findall(text.english)), Counter(TAG.findall(text.text))
        if wanted != held:
            values = {"wanted": _listed(wanted), "held": _listed(held)}
            yield Finding(text.file, text.entry, RULE, "other", values)


def _is_closed(tags: list[str]) -> bool:
    expected: list[str] = []
    for tag in tags:
        if not tag.startswith("</"):
            expected.append(tag.replace("<", "</"))
        elif not expected or expected.pop() != tag:
            return False
    return not expected


def _listed(tags: Counter[str]) -> str:
    return " ".join(sorted(tags.elements())) or "–"
