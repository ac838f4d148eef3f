"""The gate itself, and `korpu gate`."""

import json
import logging
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path
from typing import Any, TextIO

import spacy
from spacy.tokens import Doc

from bot.gateway.danger.model import DangerModel, newest_danger_model
from bot.gateway.danger.pattern import Pattern
from bot.gateway.danger.patterns import PatternError
from bot.i18n import LOCALES_DIR
from bot.languages import served_files
from bot.linear import Text
from bot.paths import MODELS
from bot.yamlfile import load_kept

LEXICON, MODEL = "lexicon", "model"
PART, OVERLAP = 120, 40  # words
logger = logging.getLogger(__name__)


@unique
class Danger(StrEnum):
    """Kinds of danger; when a message speaks of several, the first one here decides the card."""

    MEDICAL_EMERGENCY = "medical_emergency"
    DANGER_NOW = "danger_now"
    SELF_HARM = "self_harm"


Lexicons = Mapping[str, Mapping[Danger, list[str]]]  # by language and kind of danger


@dataclass(frozen=True)
class Finding:
    """A danger that was seen, by which part of the gate, and by the patterns of which language (model: None)."""

    danger: Danger
    by: str
    language: str | None


class DangerGate:
    """Read messages against the patterns of all languages at once, because people in danger mix them, and the model."""

    def __init__(
        self, lexicons: Lexicons, model: DangerModel | None = None, *, before: "DangerGate | None" = None
    ) -> None:
        """Make a gate; what one `before` has compiled is taken over, with the vocabulary that it was compiled for.

        Raise `PatternError` when a pattern cannot be used.
        """
        self.lexicons = lexicons
        self._model = model
        self._vocab: Any = spacy.blank("xx").vocab if before is None else before._vocab
        self._compiled: dict[str, Pattern] = {}
        self._by_word: dict[str, list[tuple[Pattern, Finding]]] = defaultdict(list)
        self._always: list[tuple[Pattern, Finding]] = []
        known = {} if before is None else before._compiled
        for language, lexicon in lexicons.items():
            for danger, patterns in lexicon.items():
                for pattern in patterns:
                    compiled = known.get(pattern) or Pattern(pattern, self._vocab)
                    self._compiled[pattern] = compiled
                    self._add(compiled, Finding(danger, LEXICON, language))

    def renewed(self, lexicons: Lexicons) -> "DangerGate":
        """Return a gate with other patterns and the same model; only patterns that are new take time."""
        return DangerGate(lexicons, self._model, before=self)

    def _add(self, pattern: Pattern, finding: Finding) -> None:
        """Put a pattern where its rarest word leads: trying thousands on every message would take 10 ms."""
        for key in pattern.keys:
            self._by_word[key].append((pattern, finding))
        if not pattern.keys:
            self._always.append((pattern, finding))

    def check(self, text: str, *, language: str | None = None) -> Finding | None:
        """Return what the message speaks of, or None; the person's own language wins where several see it."""
        read = Text.of(text)
        if not read.words:
            return None
        found = self._fitting(read)
        if not found:
            return self._learned(read) or self._mistyped(read, language)
        return self._believed(found, read, language)

    def _fitting(self, read: Text) -> set[Finding]:
        """Return what the patterns see; a long message is read in parts, or it would hold up everybody for seconds."""
        return {finding for words in _parts(read.words) for finding in self._fitting_part(words)}

    def _fitting_part(self, words: list[str]) -> set[Finding]:
        doc = Doc(self._vocab, words=words)
        return {finding for pattern, finding in self._candidates(words) if pattern.fits(doc)}

    def _mistyped(self, read: Text, language: str | None) -> Finding | None:
        """Return what the patterns see in what was probably meant: who is in danger types badly."""
        meant = read if self._model is None else self._model.spelling.meant(read)
        return None if meant is read else self._believed(self._fitting(meant), meant, language)

    def _believed(self, found: set[Finding], read: Text, language: str | None) -> Finding | None:
        if not found or (self._model is not None and self._model.is_harmless(read)):
            return None
        order = list(Danger)
        return min(found, key=lambda f: (order.index(f.danger), f.language != language, f.language))

    def _candidates(self, words: list[str]) -> list[tuple[Pattern, Finding]]:
        candidates = list(self._always)
        for word in set(words):
            candidates += self._by_word.get(word, ())
            for end in range(1, len(word) + 1):
                candidates += self._by_word.get(f"{word[:end]}*", ())
        return candidates

    def _learned(self, text: Text) -> Finding | None:
        kind = self._model.check(text) if self._model is not None else None
        return None if kind is None else Finding(Danger(kind), MODEL, None)


def _parts(words: list[str]) -> Iterator[list[str]]:
    """Yield words in parts that overlap by more than the longest pattern; most messages are one part."""
    for start in range(0, max(1, len(words) - OVERLAP), PART - OVERLAP):
        yield words[start : start + PART]


def load_gate(directory: Path = LOCALES_DIR, models: Path | None = MODELS) -> DangerGate:
    """Read every language's lexicon and the newest model, if one is trained.

    Raise `PatternError` naming the file and the pattern that cannot be used.
    """
    lexicons = read_lexicons(directory)
    try:
        return DangerGate(lexicons, None if models is None else _load_model(models))
    except PatternError as error:
        raise PatternError(f"{directory}/*/danger.yml: {error}") from error


def read_lexicons(directory: Path) -> Lexicons:
    """Return the patterns of every language that is served."""
    lexicons = {}
    for path in served_files(directory, "danger.yml"):
        raw = load_kept(path)
        lexicons[path.parent.name] = {danger: raw[danger.value]["patterns"] for danger in Danger}
    return lexicons


def _load_model(models: Path) -> DangerModel | None:
    """Return the newest model; a damaged one is told and left out, because the patterns must work in any case."""
    path = newest_danger_model(models)
    if path is None:
        logger.warning("The danger gate has no trained model; it works with its patterns alone.")
        return None
    try:
        return DangerModel.load(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        logger.error("%s cannot be read (%s); the gate works with its patterns alone.", path, type(error).__name__)
        return None


def main(directory: Path = LOCALES_DIR, lines: TextIO | None = None, out: TextIO | None = None) -> None:
    """Read one message a line and print what the gate of a folder's patterns says of it, one JSON object a line."""
    gate = load_gate(directory)
    for line in lines or sys.stdin:
        started = time.perf_counter()
        finding = gate.check(line.rstrip("\n"))
        spent = round((time.perf_counter() - started) * 1000, 3)
        answer = {
            "danger": finding.danger.value if finding else None,
            "by": finding.by if finding else None,
            "ms": spent,
        }
        print(json.dumps(answer), file=out or sys.stdout, flush=True)
