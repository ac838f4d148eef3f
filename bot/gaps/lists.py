"""The lists of data/gaps: names, places, and what stands beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.gaps.forms import Forms
from bot.paths import ROOT
from bot.text import fold
from bot.yamlfile import read_yaml

FOLDER = ROOT / "data" / "gaps"
EVERY = "every"


@dataclass(frozen=True)
class Lists:
    """What every language shares."""

    names: Forms
    may_be_names: Forms
    places: Forms
    phrases: tuple[str, ...]  # places and names of more than one word
    frames: Mapping[str, Mapping[str, Sequence[str]]]
    plain: Mapping[str, "Plain"]
    everyday: Mapping[str, "Plain"]
    capital: tuple[str, ...]

    def bars(self, word: str, language: str) -> bool:
        """Tell whether a folded word is a name or a place and no ordinary word of the language as well."""
        return (self.names.has(word) or self.places.has(word)) and not self.plain[language].has(word)

    def may_name(self, word: str) -> bool:
        """Tell whether a folded word can be a name, whatever else it means."""
        return self.may_be_names.has(word) or self.names.has(word) or self.places.has(word)

    def frames_of(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield kind and phrase of what stands beside a name, a street or a number in a language."""
        for group in (language, EVERY):
            for kind, phrases in self.frames[group].items():
                yield from ((kind, phrase) for phrase in phrases)


@dataclass(frozen=True)
class Plain:
    """Ordinary words, whole or by their beginnings, folded."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Plain":
        """Read words as plain.yml has them."""
        return cls(
            frozenset(fold(word) for word in words if not word.endswith("*")),
            tuple(fold(word[:-1]) for word in words if word.endswith("*")),
        )

    def has(self, word: str) -> bool:
        """Tell whether a folded word is one of them."""
        return word in self.words or word.startswith(self.beginnings)


@lru_cache(maxsize=1)
def load_lists(folder: Path = FOLDER) -> Lists:
    """Read the lists, once; raise `YamlFileError` naming the file that cannot be used."""
    names = read_yaml(folder / "names.yml", folder).values()
    spellings = [
        spelling for places in read_yaml(folder / "places.yml", folder).values() for p in places for spelling in p
    ]
    plain = read_yaml(folder / "plain.yml", folder)
    always = [name for script in names for name in script["always"]]
    return Lists(
        names=Forms.of(always),
        may_be_names=Forms.of(name for script in names for name in script["sometimes"]),
        places=Forms.of(spellings),
        phrases=tuple(spelling for spelling in (*always, *spellings) if len(spelling.split()) > 1),
        frames=read_yaml(folder / "frames.yml", folder),
        capital=tuple(plain.pop("capital")),
        plain={language: Plain.of(words) for language, words in plain.items()},
        everyday={code: Plain.of(words) for code, words in read_yaml(folder / "everyday.yml", folder).items()},
    )
