"""Which cells are withheld, so that nobody can work a small number out of the others.

Withheld are all cells under the threshold, **zeros too**: that nobody, or somebody, from one small community asked
about trafficking is itself a secret, and a shown zero tells what the other cells of its row must hold. Then neighbours
are withheld as cover, until the numbers shown and the rules of layers.py leave open

- for every cell under the threshold, any number from 0 to the threshold: nothing shows that it is small at all;
- for a neighbour, at least as many numbers as the threshold, and either all of the small ones or none of them.

Nor can any sum of withheld cells be worked out that is under the threshold: none of them could reach it then.

The program is public, so a reader could ask which caseloads it would have printed in this way. Therefore a secret
chooses the cover and withholds some cells for no reason. So every caseload that fits a page can have led to it.

Considered instead: rounding shows more cells, but rows no longer add up, and rounded tables of one caseload can be
unpicked together; noise shows what never was, and two tables with different noise for one number give it away.
"""

import hashlib
from collections.abc import Collection, Sequence

from referral.errors import NotPublishable
from referral.statistics.flow import Flow, Sign
from referral.statistics.network import Key, Network

THRESHOLD = 11  # CTDC's k
UNIT = 2**16
INSIDE, MARGIN = UNIT, 256 * UNIT  # any way through the inside of tables is cheaper than one more total
FOR_NO_REASON = UNIT // 8  # how often a cell is withheld for no reason, in a table with small cells ...
LIKEWISE = UNIT // 16  # ... and in how many of the others


def withhold(network: Network, *, secret: bytes, threshold: int = THRESHOLD) -> frozenset[Key]:
    """Return the cells that are not shown; the same secret chooses the same ones again.

    Raise `NotPublishable` when there are too few cases to hide any of them among the others.
    """
    flow, prices = Flow(network), [_price(edge.key, secret) for edge in network.edges]
    free = {index for index, edge in enumerate(network.edges) if edge.key is None}
    free |= _small(network, threshold) | _for_no_reason(network, secret, threshold)
    while lacking := _lacking(network, flow, free, threshold):
        before = len(free)
        for index in lacking:
            free |= _cover(flow, index, free, prices, threshold)
        if len(free) == before:
            raise NotPublishable("There are too few cases to hide small numbers among them. Publish the total only.")
    return frozenset(edge.key for index, edge in enumerate(network.edges) if edge.key is not None and index in free)


def exposed(network: Network, withheld: Collection[Key], *, threshold: int = THRESHOLD) -> tuple[Key, ...]:
    """Return the withheld cells about which the shown ones tell too much."""
    free = {index for index, edge in enumerate(network.edges) if edge.key is None or edge.key in withheld}
    lacking = _lacking(network, Flow(network), free, threshold)
    return tuple(key for index in lacking if (key := network.edges[index].key) is not None)


def _small(network: Network, threshold: int) -> set[int]:
    return {index for index, edge in enumerate(network.edges) if edge.key is not None and edge.value < threshold}


def _for_no_reason(network: Network, secret: bytes, threshold: int) -> set[int]:
    keys = {index: edge.key for index, edge in enumerate(network.edges) if edge.key is not None}
    tables = {_table(keys[index]) for index in _small(network, threshold)}
    tables |= {table for table in map(_table, keys.values()) if _chance("likewise", table, secret) < LIKEWISE}
    return {
        index
        for index, key in keys.items()
        if _table(key) in tables and _chance("no reason", key, secret) < FOR_NO_REASON
    }


def _lacking(network: Network, flow: Flow, free: Collection[int], threshold: int) -> list[int]:
    return [
        index
        for index, edge in enumerate(network.edges)
        if edge.key is not None and index in free and _missing(flow, index, free, threshold) is not None
    ]


def _cover(flow: Flow, edge: int, free: Collection[int], prices: Sequence[int], threshold: int) -> set[int]:
    """Return the cheapest cells that must be free too, so that one can move as far as it has to."""
    cover: set[int] = set()
    while missing := _missing(flow, edge, cover.union(free), threshold):
        costs = [0 if index in free or index in cover else price for index, price in enumerate(prices)]
        pushed = flow.push(edge, *missing, costs.__getitem__)
        new = {index for index, by in pushed.moved.items() if by and costs[index]}
        if not new:
            break
        cover |= new
    return cover


def _missing(flow: Flow, edge: int, free: Collection[int], threshold: int) -> tuple[Sign, int] | None:
    """Return a way in which a withheld cell must be able to move and is not, up or down and how far."""

    def can(sign: Sign, amount: int) -> int:
        return flow.push(edge, sign, amount, lambda index: 0 if index in free else None).amount

    value = flow.values[edge]
    down = can(-1, value)
    least = value - down
    if 0 < least < threshold:
        return -1, value
    wanted = threshold - 1 - down if least else threshold - value
    return None if wanted <= 0 or can(1, wanted) == wanted else (1, wanted)


def _table(key: Key) -> tuple[str, ...]:
    return tuple(dimension for dimension, _category in key)


def _price(key: Key | None, secret: bytes) -> int:
    """Return what it costs to withhold a cell."""
    if key is None:
        return 0
    return (MARGIN if len(key) == 1 else INSIDE) + _chance("price", key, secret)


def _chance(purpose: str, of: tuple[object, ...], secret: bytes) -> int:
    """Return a number under `UNIT` that nobody can foretell without the secret."""
    text = repr((purpose, of)).encode()
    return int.from_bytes(hashlib.blake2b(text, key=secret, digest_size=2).digest(), "big")
