"""How far a cell could be from its true number while everything shown stays as it is."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from referral.statistics.network import Network, Node

Sign: TypeAlias = Literal[1, -1]
Cost: TypeAlias = Callable[[int], int | None]  # what it costs to let an edge move; None: it stays as it is
Step: TypeAlias = tuple[int, Sign]


@dataclass(frozen=True)
class Pushed:
    """By how much a cell was moved, and by how much each edge moved with it."""

    amount: int
    moved: dict[int, int] = field(repr=False)


class Flow:
    """Pushes cases around in a network, along the cheapest ways."""

    def __init__(self, network: Network) -> None:
        self.values = [edge.value for edge in network.edges]
        self.ends = [(edge.tail, edge.head) for edge in network.edges]
        self.ways: defaultdict[Node, list[tuple[int, Sign, Node]]] = defaultdict(list)
        for index, (tail, head) in enumerate(self.ends):
            self.ways[tail].append((index, 1, head))
            self.ways[head].append((index, -1, tail))

    def push(self, edge: int, sign: Sign, amount: int, cost: Cost) -> Pushed:
        """Raise (1) or lower (-1) an edge by up to `amount`, moving only edges that have a cost."""
        amount = amount if sign == 1 else min(amount, self.values[edge])
        moved: dict[int, int] = {}
        done = 0
        while done < amount:
            rest = amount - done
            way = self._way(edge, sign, cost, moved, rest) or self._way(edge, sign, cost, moved, 1)
            if way is None:
                break
            step = min([rest, *(self.values[index] + moved.get(index, 0) for index, turn in way if turn == -1)])
            for index, turn in way:
                moved[index] = moved.get(index, 0) + turn * step
            done += step
        return Pushed(done, moved | {edge: sign * done})

    def _way(self, edge: int, sign: Sign, cost: Cost, moved: dict[int, int], least: int) -> list[Step] | None:
        """Find the cheapest way round that closes a circle with the edge and can carry `least` cases."""
        tail, head = self.ends[edge]
        begin, goal = (head, tail) if sign == 1 else (tail, head)
        best: dict[Node, int] = {begin: 0}
        came: dict[Node, tuple[Node, Step]] = {}
        heap: list[tuple[int, Node]] = [(0, begin)]
        while heap:
            spent, node = heapq.heappop(heap)
            if node == goal:
                return list(_back(came, begin, goal))
            if spent > best[node]:
                continue
            for index, turn, other in self.ways[node]:
                price = None if index == edge else 0 if moved.get(index) else cost(index)
                if price is None or (turn == -1 and self.values[index] + moved.get(index, 0) < least):
                    continue
                if other not in best or spent + price < best[other]:
                    best[other] = spent + price
                    came[other] = node, (index, turn)
                    heapq.heappush(heap, (spent + price, other))
        return None


def _back(came: dict[Node, tuple[Node, Step]], begin: Node, goal: Node) -> Iterator[Step]:
    node = goal
    while node != begin:
        node, step = came[node]
        yield step
