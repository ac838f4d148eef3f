"""Take out of a question whatever could tell who asked it.

What stays is decided the safe way round: not "which words are personal" but "which words are surely not". Only words
of a public vocabulary stay (bot/gaps/vocabulary.py: the examples, the locale files and the concept lexicon of that
language, without names and places); every other word becomes […]. The reason: no list of names, streets or firms is
complete, least of all for people from thirty countries who write in nine languages, often without capitals and in an
alphabet that is not their own. A list of ordinary words fails by losing a word; a list of names fails by showing a
person. On top of that the rules (bot/gaps/rules.py) drop known words that stand where names, streets, dates and
telephone numbers stand, and patterns (bot/gaps/signs.py) drop every digit, link, address and handle.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from bot.gaps.lists import load_lists
from bot.gaps.rules import Rules
from bot.gaps.tokens import Kind, Token, tokens_of
from bot.gaps.vocabulary import vocabulary_of

GAP = "[…]"
LONGEST = 300  # characters: what is longer tells a story, and a story tells of a person
FEWEST = 3  # words that must stay
LEAST = 1 / 3  # share of the words that must stay: what is mostly unknown was not written in this language
_DOTTED, _DOTLESS = str.maketrans({"İ": "i"}), str.maketrans({"İ": "i", "I": "ı"})
_SHOWN = frozenset(".,?!،؟")


def redact(text: str, language: str) -> str | None:
    """Return a question without anything personal, or None when it must not be kept at all.

    None: a language without lists of its own (data/gaps/frames.yml), more than 300 characters, fewer than three words
    left, or fewer than a third. What the danger gate has flagged is not brought here: the caller keeps it away.
    """
    if len(text) > LONGEST or language not in load_lists().frames:
        return None
    tokens = tokens_of(text)
    gone = _rules_of(language).dropped(tokens)
    words = [place for place, token in enumerate(tokens) if token.kind is Kind.WORD]
    left = len(set(words) - gone)
    if left < FEWEST or left < LEAST * len(words):
        return None
    return _written(_shown(tokens, gone, language))


@cache
def _rules_of(language: str) -> Rules:
    return Rules(language, vocabulary_of(language))


def _shown(tokens: Sequence[Token], gone: set[int], language: str) -> Iterable[str]:
    for place, token in enumerate(tokens):
        if token.kind is Kind.SIGN or place in gone:
            yield GAP
        elif token.kind is Kind.WORD:
            yield _lower(token.text, language)
        elif token.text in _SHOWN:
            yield token.text


def _lower(word: str, language: str) -> str:
    return word.translate(_DOTLESS if language in {"az", "tr"} else _DOTTED).lower()


def _written(parts: Iterable[str]) -> str:
    """Return the parts as one line: one gap for several, marks close to their word."""
    line = ""
    for before, part in pairwise(["", *parts]):
        if part == GAP and line.rstrip(" .,،").endswith(GAP):
            continue
        line += part if part in _SHOWN or not before else f" {part}"
    return line.strip(" .,")
