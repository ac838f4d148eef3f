"""The gate itself, and `korpu gate`."""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path
from typing import TextIO

import spacy
import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.gateway.danger.patterns import PatternError, compile_pattern
from bot.i18n import LOCALES_DIR
from bot.text import folded_words

LEXICON = "lexicon"


@unique
class Danger(StrEnum):
    """Kinds of danger; when a message speaks of several, the first one here decides the card."""

    MEDICAL_EMERGENCY = "medical_emergency"
    DANGER_NOW = "danger_now"
    SELF_HARM = "self_harm"


@dataclass(frozen=True)
class Finding:
    """A danger that was seen, by which part of the gate, and by the patterns of which language."""

    danger: Danger
    by: str
    language: str


class DangerGate:
    """Read messages against the patterns of all languages at once: people in danger mix them."""

    def __init__(self, lexicons: Mapping[str, Mapping[Danger, Iterable[str]]]) -> None:
        self._vocab = spacy.blank("xx").vocab
        self._matcher = Matcher(self._vocab)
        for language, lexicon in lexicons.items():
            for danger, patterns in lexicon.items():
                compiled = [compile_pattern(pattern) for pattern in patterns]
                if compiled:
                    self._matcher.add(f"{danger.value}/{language}", compiled)

    def check(self, text: str, *, language: str | None = None) -> Finding | None:
        """Return what the message speaks of, or None; the person's own language wins where several see it."""
        words = folded_words(text)
        if not words:
            return None
        matches = self._matcher(Doc(self._vocab, words=words))
        keys = {self._vocab.strings[match[0]] for match in matches}
        found = [Finding(Danger(danger), LEXICON, code) for danger, code in (key.split("/") for key in keys)]
        order = list(Danger)
        return min(found, key=lambda f: (order.index(f.danger), f.language != language, f.language), default=None)


def load_gate(directory: Path = LOCALES_DIR) -> DangerGate:
    """Read every language's lexicon; raise `PatternError` naming the file and the pattern that cannot be used."""
    lexicons = {}
    for path in sorted(directory.glob("*/danger.yml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        lexicons[path.parent.name] = {danger: raw[danger.value]["patterns"] for danger in Danger}
    try:
        return DangerGate(lexicons)
    except PatternError as error:
        raise PatternError(f"{directory}/*/danger.yml: {error}") from error


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
