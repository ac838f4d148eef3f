"""Latin spellings of Cyrillic and Georgian texts, so that what people learn to write in one alphabet is known in both.

Used on training examples only: people without the right keyboard type "kak poluchit razreshenie" or "pasporti
camartves". One habit for each alphabet: a second, careless one brought nothing and cost a third of the time.
"""

from collections.abc import Callable, Iterable

_RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [*"abvgdee", "zh", *"ziyklmnoprstufh", "ts", "ch", "sh", "sh", "", "y", "", "e", "yu", "ya"],
        strict=True,
    )
)
_UKRAINIAN = _RUSSIAN | {"і": "i", "ї": "i", "є": "ye", "ґ": "g", "и": "y", "г": "h"}
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        [*"abgdevztiklmnop", "zh", *"rstupq", "gh", "y", "sh", "ch", "c", "dz", "ts", "ch", "kh", "j", "h"],
        strict=True,
    )
)
_TABLES = {"russian": _RUSSIAN, "ukrainian": _UKRAINIAN, "georgian": _GEORGIAN}


def latin_spellings(text: str) -> list[str]:
    """Return how people type a text in Latin letters; nothing for a text that is in them already."""
    lowered = text.lower()
    table = _TABLES.get(_alphabet(lowered))
    return [] if table is None else ["".join(table.get(letter, letter) for letter in lowered)]


def with_copies(
    examples: Iterable[tuple[str, str]], spellings: Callable[[str, str], Iterable[str]]
) -> tuple[list[str], list[str], list[int]]:
    """Return texts, labels and each text's original; `spellings` gives the copies of a text with its label."""
    texts, labels, groups = [], [], []
    for number, (text, label) in enumerate(examples):
        for spelling in dict.fromkeys((text, *spellings(text, label))):
            texts.append(spelling)
            labels.append(label)
            groups.append(number)
    return texts, labels, groups


def with_latin_copies(examples: Iterable[tuple[str, str]]) -> tuple[list[str], list[str], list[int]]:
    """Return texts, labels and each text's original; Cyrillic and Georgian texts also in Latin letters."""
    return with_copies(examples, lambda text, _label: latin_spellings(text))


def _alphabet(text: str) -> str:
    if any("ა" <= letter <= "ჰ" for letter in text):
        return "georgian"
    if any(letter in "іїєґ" for letter in text):
        return "ukrainian"
    return "russian" if any("а" <= letter <= "я" for letter in text) else ""
