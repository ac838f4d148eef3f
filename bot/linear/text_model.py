"""A whole classifier of texts: features and weights in one file."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.linear.features import Array, Features
from bot.linear.files import load_arrays, save_arrays
from bot.linear.model import LinearModel
from bot.linear.spelling import Spelling
from bot.linear.views import Text


@dataclass(frozen=True)
class TextModel:
    """Classify texts."""

    features: Features
    model: LinearModel

    @cached_property
    def spelling(self) -> Spelling | None:
        """Return what corrects words; None for a model that does not count them."""
        words = self.features.terms.get("words")
        return None if words is None else Spelling(words)

    def probabilities(self, text: Text) -> Array | None:
        """Return the probabilities of the classes; None when the text has nothing that was learned.

        A text with words that were never learned is read twice, as it was typed and as it was probably meant, and what
        both say is averaged: a correction alone would spoil rare forms of words (docs/nlu.md).
        """
        found = [self.model.probabilities(row) for row in map(self.features.row, self._readings(text)) if row]
        return np.mean(found, axis=0) if found else None

    def _readings(self, text: Text) -> list[Text]:
        meant = text if self.spelling is None else self.spelling.meant(text)
        return [text] if meant is text else [text, meant]

    def ranking(self, text: Text, most: int) -> list[tuple[str, float]]:
        """Return the likeliest classes with their probabilities."""
        found = self.probabilities(text)
        if found is None:
            return []
        return [(self.model.classes[place], float(found[place])) for place in found.argsort()[::-1][:most]]

    def save(self, path: Path) -> None:
        """Write the model to one file, which executes nothing when it is read."""
        save_arrays(path, self.features.to_arrays() | self.model.to_arrays())

    @classmethod
    def load(cls, path: Path) -> "TextModel":
        """Read what `save` wrote."""
        held = load_arrays(path)
        model = cls(Features.from_arrays(held), LinearModel.from_arrays(held))
        model.probabilities(Text.of("ready"))  # what is made on demand is made now, not while the first person waits
        return model
