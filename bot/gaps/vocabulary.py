"""The public vocabulary of a language: the words that may be left standing in what somebody wrote.

It is read at run time from what is public anyway: the examples of data/nlu, the locale files, the concept lexicon, and
a list of words of daily life for what we have no examples of (data/gaps/everyday.yml). From the examples only words of
at least two of them count, and none that is written like a name or stands in the lists of names and places: the
examples were made up to look like real messages, so that names are in them too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from bot.gaps.forms import Forms
from bot.gaps.lists import Plain, load_lists
from bot.i18n import LOCALES_DIR, SOURCE_LANGUAGE
from bot.linear.concepts import FOLDER as CONCEPTS
from bot.linear.concepts import Concepts, read_concepts
from bot.paths import ROOT
from bot.text import fold, folded_words
from bot.yamlfile import load

EXAMPLES = ROOT / "data" / "nlu"
FEWEST = 2  # examples that a word must be in
COMMON = 100  # the most frequent words of a language: with few exceptions those that hold a sentence together
FIRST_PERSON = frozenset({"i", "im", "ive", "ill", "id"})  # English writes it with a capital everywhere
SOURCES = ("answers.yml", "dialogue.yml", "labels.yml")
_WORD = re.compile(r"\w+")
_WITHIN = re.compile(r"(?<=[\w,] )\w+")  # a word that does not begin a sentence
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|yev|yeva|zade|oglu|enko|chuk|shvili|dze|ian|yan"
    r"|[ое]в|[ое]ва|[ое]вой|[ое]ву|[ое]вым|енко|чук|швили|дзе|ян|ович|евич|овна|евна|ивна|ძე|შვილი|[ოე]ვი)$"
)
_TAG = re.compile(r"<[^>]+>|\{\w+\}")


@dataclass(frozen=True)
class Vocabulary:
    """What may stay in texts of one language; all words folded."""

    language: str
    words: frozenset[str]
    counts: Mapping[str, int]  # in how many examples a word is
    examples: int
    common: frozenset[str]
    public: Forms  # countries, peoples, languages, days of the week: written with a capital, and no name of anybody
    concepts: Concepts
    everyday: Plain

    def has(self, word: str) -> bool:
        """Tell whether a folded word may stay."""
        return word in self.words or self._begins_like_one(word)

    def _begins_like_one(self, word: str) -> bool:
        """Tell whether a word begins like an ordinary one and is no surname that does."""
        if _SURNAME.search(word) or load_lists().bars(word, self.language):
            return False
        return self.everyday.has(word) or bool(self.concepts.found([word]))

    def rarity(self, word: str) -> float:
        """Return how much a folded word says about what a text is about: nothing for those that hold it together."""
        if word in self.common:
            return 0.0
        return log((1 + self.examples) / (1 + self.counts.get(word, 0)))

    def is_public(self, word: str) -> bool:
        """Tell whether a folded word may stay although it begins with a capital in the middle of a sentence."""
        return word in FIRST_PERSON or self.public.has(word)


@cache
def vocabulary_of(language: str) -> Vocabulary:
    """Read the vocabulary of a language that is served, once."""
    lists = load_lists()
    examples = list(_examples(language))
    counts = Counter(word for text in examples for word in set(folded_words(text)))
    public = Forms.of([*_public_names(language), *lists.capital])
    shown = {word for text in _shown(language) for word in folded_words(text)}
    names = {word for word in _written_like_names(examples) if not public.has(word)} - shown - FIRST_PERSON
    seen = {word for word, count in counts.items() if count >= FEWEST} - names
    everyday = lists.everyday[language]
    words = (word for word in seen | shown | everyday.words if not word[0].isdigit())
    return Vocabulary(
        language=language,
        words=frozenset(word for word in words if not lists.bars(word, language)),
        counts=counts,
        examples=len(examples),
        common=frozenset(word for word, _count in counts.most_common(COMMON)),
        public=public,
        everyday=everyday,
        concepts=read_concepts({language: load(CONCEPTS / f"{language}.yml")}),
    )


def _examples(language: str) -> Iterator[str]:
    for path in sorted((EXAMPLES / language).glob("*.yml")):
        for entry in load(path)["nlu"]:
            yield from (line.strip()[2:] for line in entry["examples"].splitlines() if line.strip().startswith("- "))


def _shown(language: str) -> Iterator[str]:
    """Yield every text of the locale files in a language."""
    if language == SOURCE_LANGUAGE:
        for name in SOURCES:
            yield from _strings(load(LOCALES_DIR / "source" / name))
        return
    for path in _catalogues(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                yield _TAG.sub(" ", message.string) if isinstance(message.string, str) else ""


def _catalogues(language: str) -> Iterable[Path]:
    folder = LOCALES_DIR / language / "LC_MESSAGES"
    return (folder / "answers.po", folder / "dialogue.po")


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from _strings(part)
    elif isinstance(content, str):
        yield _TAG.sub(" ", content)


def _written_like_names(examples: Iterable[str]) -> set[str]:
    """Return the words that stand within sentences with a capital, and never without one."""
    capital: set[str] = set()
    small: set[str] = set()
    for text in examples:
        small.update(word for word in _WORD.findall(text) if not word.istitle())
        capital.update(word for word in _WITHIN.findall(text) if len(word) > 1 and word.istitle())
    return {fold(word) for word in capital} - {fold(word) for word in small} if capital else set()


def _public_names(language: str) -> Iterator[str]:
    """Yield the names of countries, languages and days, from Unicode's own tables; never of one letter."""
    tables = Locale.parse(language)
    names = [*tables.territories.values(), *tables.languages.values(), *tables.days["format"]["wide"].values()]
    yield from (word for name in names for word in str(name).split() if len(word) > 2)
