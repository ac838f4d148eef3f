"""What the gateway has of the released files: texts, whole words, patterns of danger. Replaced together."""

from dataclasses import dataclass
from pathlib import Path

from bot.gateway.danger import DangerGate, load_gate, read_lexicons
from bot.gateway.words import WholeWords, load_words
from bot.i18n import Locales, load_locales
from bot.paths import MODELS


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
        self._gate: DangerGate | None = None

    def __call__(self, folder: Path) -> Shown:
        """Return what a folder holds; raise as `load_locales` and `load_gate` do."""
        locales, words, lexicons = load_locales(folder), load_words(folder), read_lexicons(folder)
        if self._gate is None:
            self._gate = load_gate(folder, models=self._models)
        elif lexicons != self._gate.lexicons:
            self._gate = self._gate.renewed(lexicons)
        return Shown(locales, self._gate, words)
