"""A linear classifier: one weight vector a class, and margins that a temperature has made probabilities."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.linear.features import Array, Row, packed, unpacked


@dataclass(frozen=True)
class LinearModel:
    """Class names, one vector of whole steps a class, the size of its steps, and its bias."""

    classes: tuple[str, ...]
    steps: Array
    scale: Array
    bias: Array

    @classmethod
    def of(cls, classes: tuple[str, ...], weights: Array, bias: Array) -> "LinearModel":
        """Round weights to 255 steps: file and memory are a quarter as large, the answers are the same."""
        scale = np.abs(weights).max(axis=0) / 127 + 1e-12
        return cls(classes, np.rint(weights / scale).astype(np.int8), scale.astype(np.float32), bias)

    def scores(self, row: Row) -> Array:
        """Return the margin of each class."""
        scores: Array = (row.values @ self.steps[row.columns].astype(np.float32)) * self.scale + self.bias
        return scores

    def probabilities(self, row: Row) -> Array:
        """Return the probability of each class."""
        found: Array = softmax(self.scores(row)[None, :])[0]
        return found

    def to_arrays(self) -> dict[str, Array]:
        """Return the model as plain arrays."""
        return {"classes": packed(self.classes), "weights": self.steps, "scale": self.scale, "bias": self.bias}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "LinearModel":
        """Read what `to_arrays` wrote."""
        return cls(tuple(unpacked(arrays["classes"])), arrays["weights"], arrays["scale"], arrays["bias"])


def softmax(scores: Array) -> Array:
    """Return probabilities row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result
