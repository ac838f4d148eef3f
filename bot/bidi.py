"""Latin words, commands and numbers within texts that run from right to left.

Each such run is put between the isolates of the Unicode Bidirectional Algorithm (UAX 9, §2.4), or "(012) 919" and
"/exit" would be shown with their signs on the wrong side. Tags and entities of HTML are left alone, and a
`{place}` that is filled later stays whole within its isolate.
"""

import re

START, END = "\u2066", "\u2069"  # left-to-right isolate, pop directional isolate
_MARKUP = re.compile(r"(<[^<>]*>|&\w+;|&#\d+;)")
# A comma belongs to a run only between digits: "250,000" in two runs would be read "000,250".
_RUN = re.compile(
    r"\{\w+\}|[/(+@]*[A-Za-zÀ-ɏəƏ0-9](?:(?:[A-Za-zÀ-ɏəƏ0-9 ./:@()+%_?-]|(?<=\d),(?=\d))*[A-Za-zÀ-ɏəƏ0-9)%?])?"
)


def isolate(text: str) -> str:
    """Return an HTML text in which every run from left to right stands by itself."""
    parts = _MARKUP.split(text)
    return "".join(part if number % 2 else _RUN.sub(_isolated, part) for number, part in enumerate(parts))


def _isolated(match: re.Match[str]) -> str:
    return f"{START}{match[0]}{END}"
