"""A linear classifier: one weight vector a class, and margins that become probabilities by one temperature.

Linear SVMs, one class against all others. The temperature is fitted on the margins of examples that were left out.
Against logistic regression it is a tie in accuracy at a fraction of the time (docs/nlu.md).
"""

import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore", category=ConvergenceWarning)  # stopping early is meant

C = 1.0
LEFT_OUT = 0.4
SEED = 7
ROUNDS = 5  # more rounds of the solver take twice as long and bring nothing (docs/nlu.md)


Array = npt.NDArray[Any]


@dataclass
class LinearModel:
    """Class names and one weight vector a class."""

    classes: tuple[str, ...]
    weights: Array
    bias: Array

    def probabilities(self, rows: sparse.csr_matrix) -> Array:
        """Return one row of probabilities a text, in the order of `classes`."""
        return softmax(rows @ self.weights + self.bias)

    def to_arrays(self) -> dict[str, Array]:
        """Return the model as plain arrays."""
        names = np.frombuffer("\n".join(self.classes).encode(), dtype=np.uint8)
        scale = np.abs(self.weights).max(axis=0) / 127 + 1e-12
        # A weight of less than half a step becomes zero: the file is a tenth as large, the answers are the same.
        return {
            "classes": names,
            "weights": np.rint(self.weights / scale).astype(np.int8),
            "scale": scale,
            "bias": self.bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "LinearModel":
        """Read what `to_arrays` wrote."""
        names = tuple(arrays["classes"].tobytes().decode().split("\n"))
        return cls(names, arrays["weights"].astype(np.float32) * arrays["scale"], arrays["bias"])


def softmax(scores: Array) -> Array:
    """Return probabilities row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result


def train_linear(
    rows: sparse.csr_matrix, labels: Sequence[str], *, groups: Sequence[int] | None = None, seed: int = SEED
) -> LinearModel:
    """Fit the weights on all examples, and the temperature on two fifths of them that a second model has not seen.

    `groups` numbers the originals: copies of one example go to one side together, or they would flatter the model.
    """
    target = np.asarray(labels)
    number = np.arange(len(target)) if groups is None else np.asarray(groups)
    learned, left_out = _split(target, number, seed)
    with ThreadPoolExecutor(2) as pool:  # the solver lets go of Python's lock
        whole = pool.submit(fit, rows, target)
        part = pool.submit(fit, rows[learned], target[learned])
    temperature = _temperature(*part.result(), rows[left_out], target[left_out])
    classes, weights, bias = whole.result()
    return LinearModel(classes, temperature * weights, temperature * bias)


def _split(target: Array, number: Array, seed: int) -> tuple[Array, Array]:
    firsts = np.unique(number, return_index=True)[1]
    parts = StratifiedShuffleSplit(1, test_size=LEFT_OUT, random_state=seed).split(firsts, target[firsts])
    _learned, left_out = next(iter(parts))
    is_left_out = np.isin(number, number[firsts[left_out]])
    return np.flatnonzero(~is_left_out), firsts[left_out]


def fit(
    rows: sparse.csr_matrix, target: Array, *, c: float = C, class_weight: dict[str, float] | None = None
) -> tuple[tuple[str, ...], Array, Array]:
    """Return the classes, and the weights and the bias of each."""
    svm = LinearSVC(C=c, max_iter=ROUNDS, class_weight=class_weight, random_state=SEED).fit(rows, target)
    weights, bias = svm.coef_.T.astype(np.float32), svm.intercept_.astype(np.float32)
    if len(svm.classes_) == 2:  # the library keeps one vector then
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return tuple(map(str, svm.classes_)), weights, bias


def _temperature(
    classes: tuple[str, ...], weights: Array, bias: Array, rows: sparse.csr_matrix, target: Array
) -> np.float32:
    """Return the factor that makes margins of unseen examples the most likely probabilities."""
    number = {name: index for index, name in enumerate(classes)}
    scores, truth = rows @ weights + bias, np.array([number[name] for name in target])

    def loss(factor: float) -> float:
        return float(-np.log(softmax(factor * scores)[np.arange(len(truth)), truth] + 1e-12).mean())

    return np.float32(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
