"""The views of a text that the linear models count: each is a function from a read text to its tokens.

`chars`     n-grams of three and four letters within words, and their ends: typos, endings, compounds
`words`     words and pairs of neighbours
`stems`     the first five letters of each word: what Turkic, Slavic and Georgian endings leave alone
`letters`   n-grams as typed, for telling languages apart
`skeleton`  consonants only, Arabic script and Latin letters alike: Finglish and Arabizi meet their originals
`concepts`  language-neutral meanings of the concept lexicon, and pairs of them: one language teaches the others
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.linear.concepts import load_concepts
from bot.text import folded_words

SHORTEST, LONGEST = 3, 4
STEM = 5
MOST_CONCEPTS = 24  # of one text: their pairs grow with the square

_CONSONANTS = str.maketrans(
    {
        **dict(zip("بپتثجچحخدذرزژسشصضطظعغفقكگلمنه", "bpttjchhddrzjssszttagfkkglmnh", strict=True)),
        **dict.fromkeys("اويءaeiouyvw23", ""),
        **{"5": "h", "7": "h", "q": "k", "x": "h", "c": "k"},
    }
)
_PAIRS = (("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "ch"), ("th", "t"), ("dh", "d"), ("zh", "j"), ("ee", "i"))


@dataclass(frozen=True)
class Text:
    """A text as it was typed, and its folded words: read once for all views."""

    typed: str
    words: list[str]

    @classmethod
    def of(cls, typed: str) -> "Text":
        """Read a text."""
        return cls(typed, folded_words(typed))


View = Callable[[Text], list[str]]


def chars(text: Text) -> list[str]:
    """Return the n-grams of each word, with its ends marked."""
    found: list[str] = []
    for word in text.words:
        marked = f" {word} "
        length = len(marked)
        for size in range(SHORTEST, min(LONGEST, length) + 1):
            found += [marked[start : start + size] for start in range(length - size + 1)]
    return found


def letters(text: Text) -> list[str]:
    """Return n-grams of one to four letters as they were typed: diacritics tell languages apart."""
    found: list[str] = []
    for word in unicodedata.normalize("NFKC", text.typed).lower().split():
        marked = f" {word} "
        for size in range(1, 5):
            found += [marked[start : start + size] for start in range(len(marked) - size + 1)]
    return found


def words(text: Text) -> list[str]:
    """Return the words and the pairs of neighbours."""
    return text.words + [f"{first} {second}" for first, second in pairwise(text.words)]


def stems(text: Text) -> list[str]:
    """Return the beginnings of the words."""
    return [word[:STEM] for word in text.words if len(word) > 2]


def skeleton(text: Text) -> list[str]:
    """Return the consonants of each word of Arabic or Latin script, and pairs of neighbours."""
    bones = [bone for word in text.words if (bone := _bone(word))]
    return bones + [f"{first} {second}" for first, second in pairwise(bones)]


def concepts(text: Text) -> list[str]:
    """Return the concepts that a text names, and the pairs of those that occur together."""
    found = sorted(load_concepts().found(text.words))[:MOST_CONCEPTS]
    return found + ["+".join(pair) for pair in combinations(found, 2)]


def _bone(word: str) -> str:
    first = word[0]
    if not ("a" <= first <= "z" or "\u0600" <= first <= "\u06ff" or first.isdigit()):
        return ""
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    bone = word.translate(_CONSONANTS)
    return "".join(_undoubled(bone)) if len(bone) > 1 else ""


def _undoubled(letters: str) -> Iterator[str]:
    last = ""
    for letter in letters:
        if letter != last:
            yield letter
        last = letter


WEIGHTS = {"concepts": 0.7}  # of a view beside the others, which have 1 (docs/nlu.md)
VIEWS: dict[str, View] = {
    "chars": chars,
    "letters": letters,
    "words": words,
    "stems": stems,
    "skeleton": skeleton,
    "concepts": concepts,
}
