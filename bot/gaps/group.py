"""Put alike questions together, so that editors see what several people asked and nobody's single question.

Each word counts by how rare it is in the public examples, and is compared by its groups of letters and by the concepts
that it names, so that endings and typing errors matter little. Groups are stars: the text with the most texts alike is
the centre, whatever is alike to it belongs to it, and so on with the rest. The order of the texts changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from bot.gaps.redact import GAP
from bot.gaps.vocabulary import Vocabulary, vocabulary_of
from bot.linear.features import Array
from bot.linear.views import Text, chars
from bot.text import folded_words

ALIKE = 0.42  # the cosine from which two texts are alike (tests/gaps/test_group.py holds it to examples)
FEWEST_MESSAGES = 3
FEWEST_PEOPLE = 3
MOST_EXAMPLES = 8
CONCEPT_WEIGHT = 0.8


@dataclass(frozen=True)
class Asked:
    """One question without an answer, redacted. `who` is a keyed hash, the same in one `month` and no longer."""

    text: str
    language: str
    who: bytes
    month: str = ""


@dataclass(frozen=True)
class Group:
    """Several alike questions of several people; `examples` are different texts, the most typical first.

    `people` is how many there are at least: the most of any month, because who comes again in another month cannot be
    told from somebody new. `members` are the questions' places in what was grouped.
    """

    language: str
    messages: int
    people: int
    examples: tuple[str, ...]
    members: tuple[int, ...] = field(compare=False)


Texts = dict[str, list[tuple[int, Asked]]]


def group(asked: Iterable[Asked]) -> list[Group]:
    """Return the groups of at least three messages of at least three people, the largest first."""
    by_language: dict[str, Texts] = defaultdict(lambda: defaultdict(list))
    for place, one in enumerate(asked):
        by_language[one.language][one.text].append((place, one))
    found = [made for language, texts in by_language.items() for made in _of_language(language, texts)]
    return sorted(found, key=lambda made: (-made.people, -made.messages, made.language, made.examples))


def _of_language(language: str, texts: Texts) -> Iterable[Group]:
    different = sorted(texts)
    alike = _likeness(different, vocabulary_of(language))
    for star in _stars(alike, [len(texts[text]) for text in different]):
        members = [one for place in star for one in texts[different[place]]]
        people = _people(one for _place, one in members)
        if len(members) >= FEWEST_MESSAGES and people >= FEWEST_PEOPLE:
            examples = tuple(different[place] for place in star[:MOST_EXAMPLES])
            yield Group(language, len(members), people, examples, tuple(sorted(place for place, _one in members)))


def _people(asked: Iterable[Asked]) -> int:
    """Return how many people there are at least."""
    in_month: dict[str, set[bytes]] = defaultdict(set)
    for one in asked:
        in_month[one.month].add(one.who)
    return max(map(len, in_month.values()))


def _likeness(texts: Sequence[str], vocabulary: Vocabulary) -> Any:
    """Return the cosines of all pairs of texts that are alike, as a sparse matrix."""
    words = [folded_words(text.replace(GAP, " ")) for text in texts]
    places = {word: place for place, word in enumerate(sorted({word for line in words for word in line}))}
    weights = np.array([vocabulary.rarity(word) for word in places], np.float32)
    rows = _counts([[places[word] for word in line if vocabulary.rarity(word)] for line in words], len(places))
    told = _unit(rows.multiply(weights[None, :]).tocsr() @ _spellings(list(places), vocabulary))
    alike = (told @ told.T).tocsr()
    alike.data[alike.data < ALIKE] = 0.0
    alike.eliminate_zeros()
    return alike


def _spellings(words: Sequence[str], vocabulary: Vocabulary) -> Any:
    """Return a row of length one a word: its groups of letters, and the concepts that it names."""
    letters = [chars(Text(word, [word])) for word in words]
    concepts = [sorted(vocabulary.concepts.found([word])) for word in words]
    named = CONCEPT_WEIGHT * _unit(_counts(*_numbered(concepts)))
    return sparse.hstack([_unit(_counts(*_numbered(letters))), named], format="csr")


def _numbered(lines: Sequence[Sequence[str]]) -> tuple[list[list[int]], int]:
    numbers = {token: number for number, token in enumerate(sorted({token for line in lines for token in line}))}
    return [[numbers[token] for token in line] for line in lines], len(numbers)


def _counts(lines: Sequence[Sequence[int]], width: int) -> Any:
    ends = np.cumsum([0, *map(len, lines)])
    columns = np.fromiter((column for line in lines for column in line), np.int64, count=int(ends[-1]))
    counts = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(lines), width))
    counts.sum_duplicates()
    return counts


def _unit(rows: Any) -> Any:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ rows


def _stars(alike: Any, counts: Sequence[int]) -> Iterable[list[int]]:
    """Yield groups of places, centre first, then by likeness to it; every place is in one group."""
    starts, columns, cosines = alike.indptr, alike.indices, alike.data
    weight = np.asarray(counts, np.float32)
    pull: Array = alike @ weight
    free = np.ones(len(counts), bool)
    for _ in counts:
        centre = int(np.where(free, pull, -np.inf).argmax())  # of several, the first in the alphabet
        if not free[centre]:
            return
        near = slice(starts[centre], starts[centre + 1])
        members = sorted((-cosine, place) for place, cosine in zip(columns[near], cosines[near], strict=True))
        star = [centre, *(int(place) for _cosine, place in members if free[place] and place != centre)]
        yield star
        free[star] = False
        for place in star:
            row = slice(starts[place], starts[place + 1])
            pull[columns[row]] -= cosines[row] * weight[place]
