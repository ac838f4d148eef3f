"""Texts as rows of numbers: TF-IDF of several views, each of length one, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.linear.views import VIEWS

Array = npt.NDArray[Any]
RARE = {"chars": 2, "skeleton": 2, "concepts": 2}


@dataclass
class Features:
    """What each view has learned: its tokens and their weights."""

    vectorizers: dict[str, TfidfVectorizer]

    @classmethod
    def learn(cls, texts: Sequence[str], views: Sequence[str]) -> tuple["Features", sparse.csr_matrix]:
        """Learn the tokens of the texts; return the features and the texts' own rows."""
        vectorizers, parts = {}, []
        for view in views:
            vectorizer = _vectorizer(view)
            try:
                parts.append(vectorizer.fit_transform(texts))
            except ValueError:
                continue  # these few texts have nothing that the view sees, as in a small trial project
            vectorizers[view] = vectorizer
        return cls(vectorizers), sparse.hstack(parts, format="csr", dtype=np.float32)

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return one row a text."""
        parts = [vectorizer.transform(texts) for vectorizer in self.vectorizers.values()]
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    def to_arrays(self) -> dict[str, Array]:
        """Return tokens and weights as plain arrays, which execute nothing when they are read."""
        arrays: dict[str, Array] = {}
        for view, vectorizer in self.vectorizers.items():
            terms = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            arrays[f"terms:{view}"] = np.frombuffer("\n".join(terms).encode(), dtype=np.uint8)
            arrays[f"idf:{view}"] = vectorizer.idf_.astype(np.float32)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Features":
        """Read what `to_arrays` wrote."""
        vectorizers = {}
        for view in (name.removeprefix("terms:") for name in arrays if name.startswith("terms:")):
            vectorizer = vectorizers[view] = _vectorizer(view)
            terms = arrays[f"terms:{view}"].tobytes().decode().split("\n")
            vectorizer.vocabulary_ = {term: column for column, term in enumerate(terms)}
            vectorizer.idf_ = arrays[f"idf:{view}"]
        return cls(vectorizers)


def _vectorizer(view: str) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=VIEWS[view], sublinear_tf=True, min_df=RARE.get(view, 1), dtype=np.float32)
