"""A linear text classifier: TF-IDF over folded character and word n-grams, one weight vector per class.

Linear SVMs, one class against all others; their margins become probabilities by one temperature, fitted on margins of
examples that the model had not seen (three folds). Against logistic regression it is a tie in accuracy at a fraction of
the time (docs/nlu.md).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.text import fold

C = 0.5


@dataclass
class Features:
    """Turn texts into rows of TF-IDF weights of character n-grams within words and of word n-grams."""

    vectorizers: tuple[TfidfVectorizer, ...]

    @classmethod
    def fit(cls, texts: Sequence[str], *, chars: tuple[int, int], words: tuple[int, int] | None) -> "Features":
        """Learn the n-grams that occur in the texts (twice or more for characters)."""
        vectorizers = [_char(chars)]
        if words is not None:
            vectorizers.append(_word(words))
        for vectorizer in vectorizers:
            vectorizer.fit(texts)
        return cls(tuple(vectorizers))

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return one row a text."""
        parts = [vectorizer.transform(texts) for vectorizer in self.vectorizers]
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    def save(self, directory: Path, name: str) -> None:
        """Write vocabulary and weights as JSON and NumPy files, which execute nothing when they are read."""
        for number, vectorizer in enumerate(self.vectorizers):
            terms = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            meta = {"analyzer": vectorizer.analyzer, "range": vectorizer.ngram_range, "terms": terms}
            (directory / f"{name}_{number}.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
            np.save(directory / f"{name}_{number}_idf.npy", vectorizer.idf_.astype(np.float32))

    @classmethod
    def load(cls, directory: Path, name: str) -> "Features":
        """Read what `save` wrote."""
        vectorizers = []
        for file in sorted(directory.glob(f"{name}_[0-9].json")):
            meta = json.loads(file.read_text(encoding="utf-8"))
            make = _char if meta["analyzer"] == "char_wb" else _word
            vectorizer = make(tuple(meta["range"]))
            vectorizer.vocabulary_ = {term: column for column, term in enumerate(meta["terms"])}
            vectorizer.idf_ = np.load(directory / f"{file.stem}_idf.npy")
            vectorizers.append(vectorizer)
        return cls(tuple(vectorizers))


def _char(ngrams: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=ngrams, preprocessor=fold, sublinear_tf=True, min_df=2, dtype=np.float32
    )


def _word(ngrams: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="word",
        ngram_range=ngrams,
        preprocessor=fold,
        token_pattern=r"\w+",  # noqa: S106 - a pattern of words, not a password
        sublinear_tf=True,
        dtype=np.float32,
    )


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

    def save(self, directory: Path, name: str) -> None:
        """Write the model as NumPy and JSON files."""
        np.savez(directory / f"{name}.npz", weights=self.weights.astype(np.float16), bias=self.bias)
        (directory / f"{name}_classes.json").write_text(json.dumps(self.classes), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path, name: str) -> "LinearModel":
        """Read what `save` wrote."""
        with np.load(directory / f"{name}.npz") as arrays:
            weights, bias = arrays["weights"].astype(np.float32), arrays["bias"]
        return cls(tuple(json.loads((directory / f"{name}_classes.json").read_text(encoding="utf-8"))), weights, bias)


def softmax(scores: Array) -> Array:
    """Return probabilities row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result


def train_linear(rows: sparse.csr_matrix, labels: Sequence[str], *, folds: int = 3, seed: int = 7) -> LinearModel:
    """Fit the weights on all examples, and the temperature on examples left out of a fold."""
    target = np.asarray(labels)
    temperature = _temperature(rows, target, folds, seed)
    classes, weights, bias = _fit(rows, target)
    return LinearModel(classes, temperature * weights, temperature * bias)


def _fit(rows: sparse.csr_matrix, target: Array) -> tuple[tuple[str, ...], Array, Array]:
    svm = LinearSVC(C=C).fit(rows, target)
    weights, bias = svm.coef_.T.astype(np.float32), svm.intercept_.astype(np.float32)
    if len(svm.classes_) == 2:  # the library keeps one vector then
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return tuple(map(str, svm.classes_)), weights, bias


def _temperature(rows: sparse.csr_matrix, target: Array, folds: int, seed: int) -> np.float32:
    """Return the factor that makes margins of unseen examples the most likely probabilities."""
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed).split(rows, target)
    margins, truths = [], []
    for learned, left_out in parts:
        classes, weights, bias = _fit(rows[learned], target[learned])
        number = {name: index for index, name in enumerate(classes)}
        margins.append(rows[left_out] @ weights + bias)
        truths.append(np.array([number[name] for name in target[left_out]]))
    scores, truth = np.vstack(margins), np.hstack(truths)

    def loss(factor: float) -> float:
        return float(-np.log(softmax(factor * scores)[np.arange(len(truth)), truth] + 1e-12).mean())

    return np.float32(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
