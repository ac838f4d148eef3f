"""What a mistyped word was meant to be: the commonest word of those learned that is one mistake away.

One mistake is a letter left out, put in, changed or swapped with the next (Damerau 1964). Words are found by what is
left of them when a letter is taken out, which finds all of those and little else (symmetric deletion, Garbe 2012).
A word that was learned is never touched, nor one that is short, very long or has a digit.
"""

import re
from collections.abc import Collection, Iterator
from zlib import crc32

import numpy as np

from bot.linear.features import Terms
from bot.linear.views import Text

SHORTEST = 4  # letters; among three-letter words nearly all are one mistake apart
LONGEST = 24  # nobody means a word that is longer, and looking for it takes the square of its length
_ONE_WORD = re.compile(r"[^\s\d]+")


class Spelling:
    """Words that stand in two or more of the texts that were learned, by what is left of them without a letter."""

    def __init__(self, learned: Terms, known: Collection[str] = ()) -> None:
        """Make the index of a view of words, without its pairs. `known` are more words that are no mistakes."""
        self._learned = learned
        self._known = known
        rarity = learned.idf.tolist()
        rarest = max(rarity, default=0.0)  # of what occurred once: it may be a mistake itself
        self._words = [
            word for word, column in learned.columns.items() if rarity[column] < rarest and _is_candidate(word)
        ]
        keys, places = [], []
        for place, word in enumerate(self._words):
            for key in _keys(word):
                keys.append(key)
                places.append(place)
        order = np.argsort(np.array(keys, np.uint32), kind="stable")
        self._keys = np.array(keys, np.uint32)[order]
        self._places = np.array(places, np.int32)[order]

    def meant(self, text: Text) -> Text:
        """Return the text as it was probably meant; the same one when no word was corrected."""
        words = self.corrected(text.words)
        return text if words == text.words else Text(text.typed, words)

    def corrected(self, words: list[str]) -> list[str]:
        """Return the words, each that nobody has written before replaced by the one that was probably meant."""
        corrections = {word: self._corrected(word) for word in set(words)}
        return [corrections[word] for word in words]

    def _corrected(self, word: str) -> str:
        if not _is_candidate(word) or word in self._learned.columns or word in self._known:
            return word
        near = [other for other in self._candidates(word) if is_one_mistake(word, other)]
        return min(near, key=lambda other: (self._learned.idf[self._learned.columns[other]], other), default=word)

    def _candidates(self, word: str) -> set[str]:
        keys = np.fromiter(_keys(word), np.uint32)
        firsts, lasts = self._keys.searchsorted(keys), self._keys.searchsorted(keys, side="right")
        places = {place for first, last in zip(firsts, lasts, strict=True) for place in self._places[first:last]}
        return {self._words[place] for place in places}


def is_one_mistake(typed: str, meant: str) -> bool:
    """Tell whether two different words are one letter apart: left out, put in, changed, or swapped with the next."""
    same = next((place for place, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    at = min(len(typed), len(meant)) if same is None else same
    left, right = typed[at:], meant[at:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right if len(left) > len(right) else left == right[1:]


def _is_candidate(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and _ONE_WORD.fullmatch(word) is not None


def _keys(word: str) -> Iterator[int]:
    """Yield a number for a word and for each that is left of it without one letter."""
    yield crc32(word.encode())
    for place in range(len(word)):
        yield crc32((word[:place] + word[place + 1 :]).encode())
