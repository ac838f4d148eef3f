"""Examples that teach nothing new: the same words in another order, case or spelling, or but for a small word.

A template that is filled a hundred times looks like a hundred examples and is one; what is measured on such a set is
flattered. Compared within one language and intent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from bot.nlu.examples import Example
from bot.text import fold, folded_words

SMALL = 2
ALIKE = 0.85
SIZE = 3


def near_duplicates(examples: Iterable[Example]) -> Iterator[tuple[Example, Example]]:
    """Yield each pair of examples of one language and intent of which one should go."""
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.language, example.intent].append(example)
    for group in groups.values():
        read = [(example, _words(example.text), _trigrams(example.text)) for example in group]
        for (one, words, grams), (other, other_words, other_grams) in combinations(read, 2):
            if words == other_words or _share(grams, other_grams) >= ALIKE:
                yield one, other


def _words(text: str) -> frozenset[str]:
    words = folded_words(text)
    return frozenset(word for word in words if len(word) > SMALL) or frozenset(words) or frozenset({text})


def _trigrams(text: str) -> frozenset[str]:
    folded = f" {' '.join(folded_words(text)) or fold(text)} "
    return frozenset(folded[start : start + SIZE] for start in range(max(1, len(folded) - SIZE + 1)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return 0.0
    both = len(one & other)
    return both / (len(one) + len(other) - both)
