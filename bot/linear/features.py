"""Texts as rows of numbers: TF-IDF of several views, each of length one, side by side.

scikit-learn learns the tokens (bot/linear/learning.py). A message is counted here: the library takes ten times as long
for a single text, and would have to be loaded into the gateway too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.linear.views import VIEWS, WEIGHTS, Text

Array = npt.NDArray[Any]


def packed(lines: Iterable[str]) -> Array:
    """Return lines as a plain array, which executes nothing when it is read."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def unpacked(array: Array) -> list[str]:
    """Read what `packed` made."""
    return array.tobytes().decode().split("\n")


@dataclass(frozen=True)
class Terms:
    """What one view has learned: the column of each token, from zero, and its weight."""

    columns: Mapping[str, int]
    idf: Array


@dataclass(frozen=True)
class Row:
    """One text: its columns, and its number in each of them."""

    columns: Array
    values: Array

    def __bool__(self) -> bool:
        return len(self.columns) > 0


@dataclass(frozen=True)
class Features:
    """What each view has learned."""

    terms: Mapping[str, Terms]

    def row(self, text: Text) -> Row:
        """Return the row of one text; it is false when the text has nothing that was learned."""
        start = 0
        columns: list[int] = []
        parts: list[Array] = []
        for view, learned in self.terms.items():
            tokens = Counter(VIEWS[view](text)).items()
            found = [(learned.columns[token], n) for token, n in tokens if token in learned.columns]
            if found:
                own = [column for column, _n in found]
                values = learned.idf[own] * np.array([1 + log(n) for _column, n in found], np.float32)
                parts.append(values * (WEIGHTS.get(view, 1.0) / np.sqrt(values @ values)))
                columns += [start + column for column in own]
            start += len(learned.idf)
        return Row(np.array(columns, np.intp), np.concatenate(parts) if parts else np.empty(0, np.float32))

    def to_arrays(self) -> dict[str, Array]:
        """Return tokens and weights as plain arrays, which execute nothing when they are read."""
        arrays: dict[str, Array] = {}
        for view, learned in self.terms.items():
            tokens = sorted(learned.columns, key=learned.columns.__getitem__)
            arrays[f"terms:{view}"] = packed(tokens)
            arrays[f"idf:{view}"] = learned.idf
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Features":
        """Read what `to_arrays` wrote."""
        terms = {}
        for view in (name.removeprefix("terms:") for name in arrays if name.startswith("terms:")):
            columns = {token: column for column, token in enumerate(unpacked(arrays[f"terms:{view}"]))}
            terms[view] = Terms(columns, arrays[f"idf:{view}"])
        features = cls(terms)
        features.row(Text.of("ready"))  # what a view reads from files it reads now, not while the first person waits
        return features
