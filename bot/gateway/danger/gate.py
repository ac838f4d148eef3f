"""The gate itself, and `korpu gate`."""

import json
import logging
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path
from typing import TextIO

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.gateway.danger.model import DangerModel, newest_danger_model
from bot.gateway.danger.patterns import PatternError, compile_pattern, keys_of
from bot.i18n import LOCALES_DIR
from bot.languages import served_files
from bot.linear import Text
from bot.paths import MODELS
from bot.yamlfile import load

LEXICON, MODEL = "lexicon", "model"
logger = logging.getLogger(__name__)


@unique
class Danger(StrEnum):
    """Kinds of danger; when a message speaks of several, the first one here decides the card."""

    MEDICAL_EMERGENCY = "medical_emergency"
    DANGER_NOW = "danger_now"
    SELF_HARM = "self_harm"


@dataclass(frozen=True)
class Finding:
    """A danger that was seen, by which part of the gate, and by the patterns of which language (model: None)."""

    danger: Danger
    by: str
    language: str | None


class DangerGate:
    """Read messages against the patterns of all languages at once, because people in danger mix them, and the model."""

    def __init__(
        self, lexicons: Mapping[str, Mapping[Danger, Iterable[str]]], model: DangerModel | None = None
    ) -> None:
        self._model = model
        self._vocab = spacy.blank("xx").vocab
        self._by_word: dict[str, list[tuple[Matcher, Finding]]] = defaultdict(list)
        self._always: list[tuple[Matcher, Finding]] = []
        for language, lexicon in lexicons.items():
            for danger, patterns in lexicon.items():
                for pattern in patterns:
                    self._add(pattern, Finding(danger, LEXICON, language))

    def _add(self, pattern: str, finding: Finding) -> None:
        """Put a pattern where its rarest word leads: trying thousands on every message would take 10 ms."""
        matcher = Matcher(self._vocab)
        matcher.add("danger", [compile_pattern(pattern)])
        for key in keys_of(pattern):
            self._by_word[key].append((matcher, finding))
        if not keys_of(pattern):
            self._always.append((matcher, finding))

    def check(self, text: str, *, language: str | None = None) -> Finding | None:
        """Return what the message speaks of, or None; the person's own language wins where several see it."""
        read = Text.of(text)
        if not read.words:
            return None
        doc = Doc(self._vocab, words=read.words)
        found = {finding for matcher, finding in self._candidates(read.words) if matcher(doc)}
        if not found:
            return self._learned(read)
        if self._model is not None and self._model.is_harmless(read):
            return None
        order = list(Danger)
        return min(found, key=lambda f: (order.index(f.danger), f.language != language, f.language))

    def _candidates(self, words: list[str]) -> list[tuple[Matcher, Finding]]:
        candidates = list(self._always)
        for word in set(words):
            candidates += self._by_word.get(word, ())
            for end in range(1, len(word) + 1):
                candidates += self._by_word.get(f"{word[:end]}*", ())
        return candidates

    def _learned(self, text: Text) -> Finding | None:
        kind = self._model.check(text) if self._model is not None else None
        return None if kind is None else Finding(Danger(kind), MODEL, None)


def load_gate(directory: Path = LOCALES_DIR, models: Path | None = MODELS) -> DangerGate:
    """Read every language's lexicon and the newest model, if one is trained.

    Raise `PatternError` naming the file and the pattern that cannot be used.
    """
    lexicons = {}
    for path in served_files(directory, "danger.yml"):
        raw = load(path)
        lexicons[path.parent.name] = {danger: raw[danger.value]["patterns"] for danger in Danger}
    try:
        return DangerGate(lexicons, None if models is None else _load_model(models))
    except PatternError as error:
        raise PatternError(f"{directory}/*/danger.yml: {error}") from error


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


def main(lines: TextIO | None = None, out: TextIO | None = None) -> None:
    """Read one message a line and print what the gate says of it, one JSON object a line."""
    gate = load_gate()
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
