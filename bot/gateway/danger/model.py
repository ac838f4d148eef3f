"""The learned half of the gate: sees danger that no pattern foresaw.

A small linear model over n-grams, trained with the rest (bot/training/danger.py) and read from one file. A message
counts as danger when its margin over "nothing" passes the threshold that the training chose for recall.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.linear.features import Features
from bot.linear.files import load_arrays, save_arrays
from bot.linear.model import Array

NOTHING = "none"
PATTERN = "danger-*.npz"


@dataclass(frozen=True)
class DangerModel:
    """One weight vector a kind of danger, and one for messages without any."""

    features: Features
    classes: tuple[str, ...]
    weights: Array
    bias: Array
    threshold: float

    def check(self, text: str) -> str | None:
        """Return the kind of danger, or None."""
        row = self.features.rows([text])
        if not row.nnz:
            return None
        kind, margin = best_margins(self.classes, row @ self.weights + self.bias)
        return kind[0] if margin[0] >= self.threshold else None

    def save(self, path: Path) -> None:
        """Write one file, which executes nothing when it is read."""
        own = {
            "classes": np.array(self.classes),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "threshold": np.array(self.threshold, np.float32),
        }
        save_arrays(path, self.features.to_arrays() | own)

    @classmethod
    def load(cls, path: Path) -> "DangerModel":
        """Read what `save` wrote."""
        held = load_arrays(path)
        return cls(
            features=Features.from_arrays(held),
            classes=tuple(map(str, held["classes"])),
            weights=held["weights"].astype(np.float32),
            bias=held["bias"],
            threshold=float(held["threshold"]),
        )


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
