"""The same messages, written worse: how much of the understanding is left."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from rasa.core.agent import Agent

from bot.linear import latin_spellings
from bot.report.evaluation import Item
from bot.report.measure import understand
from bot.report.tables import percent

SHORTEST = 4  # letters of a word that is mistyped
_BARE = str.maketrans("əıƏ", "eiE")
Change = Callable[[str], str]


def without_diacritics(text: str) -> str:
    """Return the text as it is typed on an English keyboard; other alphabets lose their marks only."""
    bare = unicodedata.normalize("NFD", text.translate(_BARE))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def with_typos(text: str) -> str:
    """Return the text with one mistake in every second word: a letter left out, doubled, or changed with the next."""
    chance = random.Random(text)  # noqa: S311 - the same mistakes in every run
    return " ".join(
        _mistyped(word, chance) if number % 2 == 0 and len(word) >= SHORTEST else word
        for number, word in enumerate(text.split())
    )


def in_latin_letters(text: str) -> str:
    """Return a Cyrillic or Georgian text in Latin letters."""
    return next(iter(latin_spellings(text)), text)


def shouted(text: str) -> str:
    """Return the text in capitals, without punctuation."""
    return "".join(letter for letter in text.upper() if letter.isalnum() or letter.isspace())


CHANGES: dict[str, Change] = {
    "as written": lambda text: text,
    "diacritics dropped": without_diacritics,
    "typing mistakes": with_typos,
    "capitals": shouted,
    "Latin letters": in_latin_letters,
}


async def robustness_table(agent: Agent, items: Sequence[Item], languages: Sequence[str]) -> list[str]:
    """Return top 1 of the plain messages by language and change; a cell is empty where nothing changes."""
    lines = [f"| language | {' | '.join(CHANGES)} |", "|---" * (len(CHANGES) + 1) + "|"]
    for language in languages:
        plain = [item for item in items if item.language == language and item.style == "plain"]
        cells = [await _cell(agent, plain, change, is_first=name == "as written") for name, change in CHANGES.items()]
        lines.append(f"| {language} | {' | '.join(cells)} |")
    return lines


async def _cell(agent: Agent, items: Sequence[Item], change: Change, *, is_first: bool) -> str:
    changed = [replace(item, text=change(item.text)) for item in items]
    if not is_first and changed == list(items):
        return ""
    return f"{percent(result.right for result in await understand(agent, changed)):.0f}"


def _mistyped(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("left out", "doubled", "changed"))
    if kind == "left out":
        return word[:place] + word[place + 1 :]
    if kind == "doubled":
        return word[: place + 1] + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
