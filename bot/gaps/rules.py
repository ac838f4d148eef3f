"""Which words of a message go although the vocabulary knows them: what stands where names, places and dates stand.

A blank spaCy pipeline with a span ruler a language; no model is loaded, none is needed. Words are compared folded.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import spacy
from spacy.tokens import Doc

from bot.gaps.lists import load_lists
from bot.gaps.tokens import Kind, Token
from bot.gaps.vocabulary import Vocabulary
from bot.text import folded_words

AFTER_INTRODUCTION, MOST_OF_A_NAME = 2, 5
OF_A_PLACE = 2
BESIDE = 2
RUN_OF_NUMBERS = 3
NEAR = 2  # of a number to a month: fifth of March
PROVIDER_BEFORE, PROVIDER_AFTER = 3, 2
SHOUTED = 0.6  # share of capitals from which they tell nothing
RULER = "span_ruler"


class Rules:
    """The rules of one language."""

    def __init__(self, language: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lists = load_lists()
        self._pipeline = spacy.blank("xx")
        phrases = [*self._lists.frames_of(language), *(("phrase", phrase) for phrase in self._lists.phrases)]
        self._ruler = self._pipeline.add_pipe(RULER)
        self._ruler.add_patterns([{"label": kind, "pattern": _pattern(words)} for kind, words in phrases])

    def dropped(self, tokens: Sequence[Token]) -> set[int]:
        """Return the places of what must go; `tokens` are all parts of a message in order."""
        reading = _Reading(tokens, self._vocabulary)
        gone = {place for place, token in enumerate(tokens) if not reading.stays(place) and token.kind is Kind.WORD}
        framed = self._framed(tokens)
        for kind, start, end in framed:
            gone |= set(_REACH[kind](self, reading, start, end))
        gone |= _numbers(tokens, framed) | _initials(tokens)
        return gone | self._beside_what_goes(tokens, gone)

    def may_be_name(self, token: Token) -> bool:
        """Tell whether an ordinary word is also one that people are called by."""
        return bool(token.folded) and self._lists.may_name(token.folded)

    def _framed(self, tokens: Sequence[Token]) -> list[tuple[str, int, int]]:
        doc = Doc(self._pipeline.vocab, words=[token.folded or "." for token in tokens])
        for part, token in zip(doc, tokens, strict=True):
            part.norm_ = token.folded or "."
        return [(span.label_, span.start, span.end) for span in self._ruler(doc).spans["ruler"]]

    def _beside_what_goes(self, tokens: Sequence[Token], gone: set[int]) -> set[int]:
        """Return the words that can be a name and stand beside one that goes, or before a comma at the beginning.

        A word that is known by its beginning only can be one too: الخطيب is a surname, خطيب* a fiancé.
        """
        words = self._vocabulary.words
        can = {place for place, t in enumerate(tokens) if t.folded and (t.folded not in words or self.may_be_name(t))}
        called = {0} if len(tokens) > 1 and tokens[1].text == "," else set()
        return {place for place in can if place in called or {place - 1, place + 1} & gone}


class _Reading:
    """A message beside the vocabulary."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        words = [token for token in tokens if token.kind is Kind.WORD]
        self._shouted = sum(token.text[0].isupper() for token in words) > SHOUTED * len(words) and len(words) > 2

    def stays(self, place: int) -> bool:
        """Tell whether the vocabulary has a word and it is not written as a name is."""
        token = self.tokens[place]
        return bool(token.folded) and self.vocabulary.has(token.folded) and not self.named(place)

    def named(self, place: int) -> bool:
        """Tell whether a word has a capital that no sentence gives it."""
        token = self.tokens[place]
        begins = place == 0 or self.tokens[place - 1].ends
        return token.capital and not begins and not self._shouted and not self.vocabulary.is_public(token.folded)

    def words(self, start: int, step: int) -> Iterator[int]:
        """Yield the places of the words from one on, up to where a sentence ends; a dot after `ul` ends none."""
        place = start
        while 0 <= place < len(self.tokens):
            token = self.tokens[place]
            if token.ends and not (place == start and token.text in ".:"):
                return
            if token.kind is Kind.WORD:
                yield place
            place += step


def _introduction(_rules: Rules, reading: _Reading, start: int, end: int) -> Iterator[int]:
    yield from range(start, end)
    for number, place in enumerate(reading.words(end, 1)):
        if number >= AFTER_INTRODUCTION and (number >= MOST_OF_A_NAME or reading.stays(place)):
            return
        yield place


def _after(_rules: Rules, reading: _Reading, start: int, _end: int) -> Iterator[int]:
    for number, place in enumerate(reading.words(start - 1, -1)):
        if number and reading.stays(place):
            return
        yield place


def _beside(rules: Rules, reading: _Reading, start: int, end: int) -> Iterator[int]:
    near = [*range(max(0, start - BESIDE), start), *range(end, min(len(reading.tokens), end + BESIDE))]
    yield from (place for place in near if rules.may_be_name(reading.tokens[place]))


def _place_before(_rules: Rules, reading: _Reading, start: int, _end: int) -> Iterator[int]:
    yield from _uncommon(reading, reading.words(start - 1, -1))


def _place_after(_rules: Rules, reading: _Reading, _start: int, end: int) -> Iterator[int]:
    yield from _uncommon(reading, reading.words(end, 1))


def _uncommon(reading: _Reading, places: Iterator[int]) -> Iterator[int]:
    for number, place in enumerate(places):
        if number == OF_A_PLACE or reading.tokens[place].folded in reading.vocabulary.common:
            return
        yield place


def _itself(_rules: Rules, _reading: _Reading, start: int, end: int) -> Iterator[int]:
    yield from range(start, end)


def _handle(_rules: Rules, reading: _Reading, _start: int, end: int) -> Iterator[int]:
    for place in reading.words(end, 1):
        if reading.tokens[place].folded not in reading.vocabulary.common:
            yield place
            return


def _provider(_rules: Rules, reading: _Reading, start: int, end: int) -> Iterator[int]:
    yield from range(max(0, start - PROVIDER_BEFORE), min(len(reading.tokens), end + PROVIDER_AFTER))


def _none(_rules: Rules, _reading: _Reading, _start: int, _end: int) -> Iterator[int]:
    yield from ()


_REACH = {
    "introduction": _introduction,
    "after": _after,
    "beside": _beside,
    "place_before": _place_before,
    "place_after": _place_after,
    "phrase": _itself,
    "month": _itself,
    "handle": _handle,
    "provider": _provider,
    "number": _none,  # counted as runs, see `_numbers`
}


def _numbers(tokens: Sequence[Token], framed: Sequence[tuple[str, int, int]]) -> set[int]:
    """Return the words for numbers that stand in a row like a telephone number, or beside digits or a month."""
    numbers = {start for kind, start, _end in framed if kind == "number"}
    telling = {start for kind, start, _end in framed if kind == "month"}
    telling |= {place for place, token in enumerate(tokens) if token.kind is Kind.SIGN}
    gone: set[int] = set()
    for run in _runs(sorted(numbers)):
        if len(run) >= RUN_OF_NUMBERS or not telling.isdisjoint(range(run[0] - NEAR, run[-1] + NEAR + 1)):
            gone.update(run)
    return gone


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places that follow each other without a gap."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _initials(tokens: Sequence[Token]) -> set[int]:
    """Return the single capitals with a dot after them."""
    pairs = enumerate(pairwise(tokens))
    return {place for place, (token, after) in pairs if after.text == "." and len(token.text) == 1 and token.capital}


def _pattern(words: str) -> list[dict[str, Any]]:
    """Return what spaCy looks for: folded words one after the other, each whole or, with a star, its beginning."""
    parts: list[dict[str, Any]] = []
    for word in words.split():
        *rest, last = folded_words(word)
        parts += [{"NORM": folded} for folded in rest]
        parts.append({"NORM": {"REGEX": f"^{last}"}} if word.endswith("*") else {"NORM": last})
    return parts
