"""The concept lexicon: language-neutral meanings of this domain, each with its words in every language.

`data/concepts/<language>.yml` holds `CONCEPT: ["word", "begin*", "two words*"]`, matched on folded words. An example in
one language so teaches all of them what a passport, an employer or a locked door has to do with an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.languages import in_preparation
from bot.paths import ROOT
from bot.text import fold, folded_word
from bot.yamlfile import read_yaml

FOLDER = ROOT / "data" / "concepts"
SHORTEST_STEM, LONGEST_STEM = 2, 14
_PROCLITICS = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


class ConceptError(ValueError):
    """A pattern of the concept lexicon cannot be used; the message names file, concept and pattern."""


@dataclass
class Concepts:
    """All patterns of all languages, by their first word."""

    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    begins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sequences: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, name: str, pattern: str) -> None:
        """Add one pattern, which is folded already; raise `ConceptError` when it has no letters."""
        parts = [(folded_word(word.rstrip("*")), word.endswith("*")) for word in pattern.split()]
        if not parts or any(not word for word, _open in parts):
            raise ConceptError(f"{name}: the pattern {pattern!r} has a part without letters.")
        if parts[0][1] and len(parts[0][0]) < SHORTEST_STEM:
            raise ConceptError(f"{name}: {pattern!r} begins too many words; give at least {SHORTEST_STEM} letters.")
        if len(parts) == 1:
            word, is_open = parts[0]
            (self.begins if is_open else self.exact)[word[:LONGEST_STEM] if is_open else word].add(name)
        else:
            spelt = tuple(f"{word}*" if is_open else word for word, is_open in parts)
            self.sequences[_key(spelt[0], spelt[1])].append((spelt, name))

    def found(self, words: list[str]) -> set[str]:
        """Return the names of the concepts that folded words have."""
        names: set[str] = set()
        for word in words:
            for reading in _readings(word):
                names |= self.exact.get(reading, set())
                for end in range(2, min(len(reading), LONGEST_STEM) + 1):
                    names |= self.begins.get(reading[:end], set())
        for place, (word, following) in enumerate(pairwise(words)):
            for key in (_key(word, following), _key(f"{word}*", following)):
                for spelt, name in self.sequences.get(key, ()):
                    if name not in names and _fits(words[place : place + len(spelt)], spelt):
                        names.add(name)
        return names


def read_concepts(lexicons: Mapping[str, Mapping[str, Iterable[str]]]) -> Concepts:
    """Return the concepts of several files; raise `ConceptError` naming the file."""
    concepts = Concepts()
    for place, lexicon in lexicons.items():
        for name, patterns in lexicon.items():
            try:
                for pattern in _folded(patterns):
                    concepts.add(name, pattern)
            except ConceptError as error:
                raise ConceptError(f"{place}: {error}") from error
    return concepts


@lru_cache(maxsize=1)
def load_concepts(folder: Path = FOLDER) -> Concepts:
    """Read the concepts of every language that is not in preparation, once."""
    waiting = in_preparation(ROOT / "locales")
    files = [path for path in sorted(folder.glob("*.yml")) if path.stem not in waiting]
    return read_concepts({path.name: read_yaml(path, folder) for path in files})


def _folded(patterns: Iterable[str]) -> list[str]:
    """Return patterns folded, all at once: one by one they would take a second of every start."""
    lines = [" ".join(str(pattern).split()) for pattern in patterns]
    return fold("\n".join(lines)).split("\n") if lines else []


def _key(first: str, second: str) -> tuple[str, str]:
    """Return where the sequences that begin so are kept; a `first` that is open ends in * and counts by two letters."""
    return (f"{first[:SHORTEST_STEM]}*" if first.endswith("*") else first), second[:1]


def _readings(word: str) -> list[str]:
    """Return a word, and what is left of an Arabic one without its article and one-letter prefixes."""
    if not "\u0620" <= word[0] <= "\u064a":
        return [word]
    return [word] + [word.removeprefix(p) for p in _PROCLITICS if word.startswith(p) and len(word) > len(p) + 2]


def _fits(words: list[str], spelt: tuple[str, ...]) -> bool:
    if len(words) < len(spelt):
        return False
    pairs = zip(words, spelt, strict=True)
    return all(word.startswith(part[:-1]) if part.endswith("*") else word == part for word, part in pairs)
