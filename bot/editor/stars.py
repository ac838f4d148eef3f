"""Bold words as everybody writes them in a chat, *so*, in the place of tags: editors need not know HTML."""

import re

STAR = "*"
_BOLD = re.compile(r"<b>([^<>*\n]+)</b>")
_STARS = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")
_TAG = re.compile(r"</?b>")


def with_stars(text: str) -> str:
    """Return a text as it is shown to editors; what has stars of its own, or bold over lines, keeps its tags."""
    return text if STAR in text else _BOLD.sub(r"*\1*", text)


def without_stars(text: str) -> str:
    """Return a text as the files have it."""
    return _STARS.sub(r"<b>\1</b>", text)


def advice_with_stars(words: str) -> str:
    """Return what the check says, with stars where it speaks of the tags for bold."""
    return _TAG.sub(STAR, words)
