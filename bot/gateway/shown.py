"""What the gateway has of the released files: texts, whole words, patterns of danger. Replaced together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.matcher import Matcher

from bot.gateway.danger import Danger, DangerGate, Finding, load_gate
from bot.gateway.danger.gate import LEXICON
from bot.gateway.danger.patterns import compile_pattern, keys_of
from bot.gateway.words import WholeWords, load_words
from bot.i18n import Locales, load_locales
from bot.paths import MODELS
from bot.yamlfile import load_kept

Lexicons = Mapping[str, Mapping[Danger, list[str]]]


@dataclass(frozen=True)
class Shown:
    """The words of one release."""

    locales: Locales
    gate: DangerGate
    words: WholeWords


class Reader:
    """Read release after release; the danger gate is made anew only as far as its patterns have changed."""

    def __init__(self, models: Path = MODELS) -> None:
        self._models = models
        self._gate: RenewableGate | None = None
        self._lexicons: Lexicons | None = None

    def __call__(self, folder: Path) -> Shown:
        """Return what a folder holds; raise as `load_locales` and `load_gate` do."""
        locales, words, lexicons = load_locales(folder), load_words(folder), _read_lexicons(folder)
        gate = self._gate or RenewableGate(load_gate(self._models, models=self._models))  # no patterns lie there
        if lexicons != self._lexicons:
            gate = gate.renewed(lexicons)
        self._gate, self._lexicons = gate, lexicons
        return Shown(locales, gate, words)


class RenewableGate(DangerGate):
    """A gate that gives its patterns on: to compile thousands takes seconds, to compile one no time."""

    def __init__(self, before: DangerGate) -> None:
        """Make a gate without patterns, with the learned model of another."""
        super().__init__({}, before._model)
        self._compiled: dict[str, tuple[Matcher, tuple[str, ...]]] = {}

    def renewed(self, lexicons: Lexicons) -> "RenewableGate":
        """Return a gate with other patterns; raise `PatternError` when one cannot be used."""
        gate = RenewableGate(self)
        gate._vocab = self._vocab  # the words of compiled patterns are numbers in it
        for language, lexicon in lexicons.items():
            for danger, patterns in lexicon.items():
                for pattern in patterns:
                    gate._compiled[pattern] = self._compiled.get(pattern) or gate._compile(pattern)
                    gate._add(pattern, Finding(danger, LEXICON, language))
        return gate

    def _compile(self, pattern: str) -> tuple[Matcher, tuple[str, ...]]:
        matcher = Matcher(self._vocab)
        matcher.add("danger", [compile_pattern(pattern)])
        return matcher, keys_of(pattern)

    def _add(self, pattern: str, finding: Finding) -> None:
        matcher, keys = self._compiled[pattern]
        for key in keys:
            self._by_word[key].append((matcher, finding))
        if not keys:
            self._always.append((matcher, finding))


def _read_lexicons(folder: Path) -> Lexicons:
    found = {}
    for path in sorted(folder.glob("*/danger.yml")):
        raw = load_kept(path)
        found[path.parent.name] = {danger: raw[danger.value]["patterns"] for danger in Danger}
    return found
