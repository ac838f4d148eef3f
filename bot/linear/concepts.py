"""The concept lexicon: language-neutral meanings of this domain, each with its words in every language.

`data/concepts/<language>.yml` holds `CONCEPT: ["word", "begin*", "two words*"]`, matched on folded words. An example in
one language so teaches all of them what a passport, an employer or a locked door has to do with an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from bot.paths import ROOT
from bot.text import folded_words

FOLDER = ROOT / "data" / "concepts"
LONGEST_STEM = 14
_PROCLITICS = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


class ConceptError(ValueError):
    """A pattern of the concept lexicon cannot be used; the message names file, concept and pattern."""


@dataclass
class Concepts:
    """All patterns of all languages, by their first word."""

    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    begins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sequences: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, pattern: str) -> None:
        """Add one pattern; raise `ConceptError` when it has no letters."""
        parts = [("".join(folded_words(word.rstrip("*"))), word.endswith("*")) for word in pattern.split()]
        if not parts or any(not word for word, _open in parts):
            raise ConceptError(f"{name}: the pattern {pattern!r} has a part without letters.")
        if len(parts) == 1:
            word, is_open = parts[0]
            (self.begins if is_open else self.exact)[word[:LONGEST_STEM] if is_open else word].add(name)
        else:
            spelt = tuple(f"{word}*" if is_open else word for word, is_open in parts)
            self.sequences[parts[0][0][:3]].append((spelt, name))

    def found(self, text: str) -> set[str]:
        """Return the names of the concepts that a text has."""
        words = folded_words(text)
        names: set[str] = set()
        for place, word in enumerate(words):
            for reading in _readings(word):
                names |= self.exact.get(reading, set())
                for end in range(2, min(len(reading), LONGEST_STEM) + 1):
                    names |= self.begins.get(reading[:end], set())
            for spelt, name in self.sequences.get(word[:3], ()):
                if name not in names and _fits(words[place : place + len(spelt)], spelt):
                    names.add(name)
        return names


def read_concepts(lexicons: Mapping[str, Mapping[str, Iterable[str]]]) -> Concepts:
    """Return the concepts of several files; raise `ConceptError` naming the file."""
    concepts = Concepts()
    for place, lexicon in lexicons.items():
        for name, patterns in lexicon.items():
            try:
                for pattern in patterns:
                    concepts.add(name, str(pattern))
            except ConceptError as error:
                raise ConceptError(f"{place}: {error}") from error
    return concepts


@lru_cache(maxsize=1)
def load_concepts(folder: Path = FOLDER) -> Concepts:
    """Read every language's concepts, once."""
    files = sorted(folder.glob("*.yml"))
    return read_concepts({path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files})


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
