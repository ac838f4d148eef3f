"""All tables of an edition as one flow: every case passes one category of each dimension, from the first to the last.

Cells are edges, a case is one unit, and a table's sums are what goes in and out of its nodes. Whoever reads the tables
knows just this: the shown edges, and that the rest is a flow of whole cases. Such a flow can always be written out as a
list of cases, so the bounds found here are exactly those of an attacker who knows everything published.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TypeAlias

from referral.statistics.counted import CountedCase
from referral.statistics.layers import Layer

Key: TypeAlias = tuple[tuple[str, str], ...]  # (dimension, category) of each dimension that a cell fixes
Node: TypeAlias = tuple[str, str, str]
START: Node = ("start", "", "")
END: Node = ("end", "", "")


@dataclass(frozen=True)
class Edge:
    """How many cases pass from one node to another; `key` is the cell that it is, None when it is in no table."""

    tail: Node
    head: Node
    value: int
    key: Key | None


@dataclass(frozen=True)
class Network:
    """The edges in a fixed order, which does not depend on the cases."""

    edges: tuple[Edge, ...]

    @property
    def cells(self) -> dict[Key, int]:
        """Return the true number of every cell, the total left out."""
        return {edge.key: edge.value for edge in self.edges if edge.key is not None}


def build_network(cases: Iterable[CountedCase], layers: Sequence[Layer]) -> Network:
    """Count the cases into a network; raise `ValueError` for a case that has two categories of a `never`."""
    paths = Counter(tuple(layer.dimension.place(case) for layer in layers) for case in cases)
    edges: list[Edge] = []
    for at, layer in enumerate(layers):
        edges += _margins(paths, layers, at)
        if at + 1 < len(layers):
            edges += _links(paths, layer, layers[at + 1], at)
    return Network(tuple(edges))


def _margins(paths: Counter[tuple[str, ...]], layers: Sequence[Layer], at: int) -> Iterable[Edge]:
    name = layers[at].dimension.name
    counts: Counter[str] = Counter()
    for path, count in paths.items():
        counts[path[at]] += count
    for category in layers[at].dimension.categories:
        tail = START if at == 0 else (name, "in", category)
        head = END if at == len(layers) - 1 else (name, "out", category)
        yield Edge(tail, head, counts[category], ((name, category),))


def _links(paths: Counter[tuple[str, ...]], layer: Layer, following: Layer, at: int) -> Iterable[Edge]:
    here, there = layer.dimension, following.dimension
    counts: Counter[tuple[str, str]] = Counter()
    for path, count in paths.items():
        counts[path[at], path[at + 1]] += count
    for pair in product(here.categories, there.categories):
        if pair in layer.never:
            if counts[pair]:
                raise ValueError(f"A case has {here.name} {pair[0]} and {there.name} {pair[1]}, which cannot be.")
            continue
        key = ((here.name, pair[0]), (there.name, pair[1])) if layer.table else None
        yield Edge((here.name, "out", pair[0]), (there.name, "in", pair[1]), counts[pair], key)


def tables_of(layers: Sequence[Layer]) -> tuple[tuple[Layer, ...], ...]:
    """Return the dimensions of each table: all alone, then the neighbours that share one."""
    alone = tuple((layer,) for layer in layers)
    return alone + tuple(pair for pair in pairwise(layers) if pair[0].table)
