"""The learned half of the gate: sees danger that no pattern foresaw, and patterns that fit a harmless message.

A small linear model over n-grams and concepts, trained with the rest (bot/training/danger.py) and read from one file.
A message counts as danger when its margin over "nothing" passes the threshold that the training chose for recall. When
a pattern has seen danger, the model is heard only if it knows most of the words and its margin is below a second, much
lower limit: "three years ago he beat me, can I complain" is then no alarm, and a language that the model has not
learned is left to the patterns.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.linear.features import Array, Features, packed, unpacked
from bot.linear.files import load_arrays, save_arrays
from bot.linear.model import LinearModel
from bot.linear.spelling import Spelling
from bot.linear.views import Text

NOTHING = "none"
PATTERN = "danger-*.npz"
KNOWN = 0.6  # of the words, for the model to be heard against a pattern


@dataclass(frozen=True)
class DangerModel:
    """A weight vector for each kind of danger and for messages without any, and what its margins count for."""

    features: Features
    model: LinearModel
    threshold: float  # from here on it is danger
    harmless: float  # below it, even a message that fits a pattern is none
    known: frozenset[str] = frozenset()  # words of all examples, of which a part is learned: no mistakes of typing

    @cached_property
    def spelling(self) -> Spelling:
        """Return what corrects words that were never learned."""
        return Spelling(self.features.terms["words"], self.known)

    def check(self, text: Text) -> str | None:
        """Return the kind of danger, or None."""
        kind, margin = self._read(text)
        return kind if margin >= self.threshold else None

    def is_harmless(self, text: Text) -> bool:
        """Tell whether a message is surely none, although a pattern fits it."""
        known = self.features.terms["words"].columns
        if sum(word in known for word in text.words) < KNOWN * len(text.words):
            return False
        return self._read(text)[1] < self.harmless

    def _read(self, text: Text) -> tuple[str, float]:
        row = self.features.row(text)
        if not row:
            return NOTHING, -np.inf
        kinds, margins = best_margins(self.model.classes, self.model.scores(row)[None, :])
        return kinds[0], float(margins[0])

    def save(self, path: Path) -> None:
        """Write one file, which executes nothing when it is read."""
        limits = np.array([self.threshold, self.harmless], np.float32)
        own: dict[str, Array] = {"limits": limits, "known": packed(sorted(self.known))}
        save_arrays(path, self.features.to_arrays() | self.model.to_arrays() | own)

    @classmethod
    def load(cls, path: Path) -> "DangerModel":
        """Read what `save` wrote."""
        held = load_arrays(path)
        threshold, harmless = map(float, held["limits"])
        model = cls(
            Features.from_arrays(held),
            LinearModel.from_arrays(held),
            threshold,
            harmless,
            frozenset(unpacked(held["known"])),
        )
        model.spelling.meant(Text.of("ready"))  # its index is made now, not while the first person waits
        return model


def best_margins(classes: tuple[str, ...], scores: Array) -> tuple[list[str], Array]:
    """Return for each row the likeliest kind of danger and how far it is above "nothing"."""
    nothing = classes.index(NOTHING)
    kinds = [place for place in range(len(classes)) if place != nothing]
    best = scores[:, kinds].argmax(axis=1)
    margins: Array = scores[:, kinds].max(axis=1) - scores[:, nothing]
    return [classes[kinds[place]] for place in best], margins


def newest_danger_model(directory: Path) -> Path | None:
    """Return the newest trained file, or None: the gate then works with its patterns alone."""
    found = sorted(directory.glob(PATTERN), key=lambda path: path.stat().st_mtime_ns)
    return found[-1] if found else None
