"""A reader who also knows the program, and asks which caseloads it would have printed so, learns no more from that."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings

from referral.enums import ReferralStatus, Urgency
from referral.statistics import CountedCase
from referral.statistics.dimensions import Dimension
from referral.statistics.layers import Layer, layers_of
from referral.statistics.network import Key, Network, build_network
from referral.statistics.suppression import THRESHOLD, exposed, withhold
from tests.referral.statistics.caseloads import SECRET, YEAR, caseloads
from tests.referral.statistics.truth import count
from tests.referral.statistics.twins import twin

K = 3  # in worlds that are small enough to look at every caseload
SMALL = (
    Dimension("topic", ("a", "b", "c", "d"), lambda case: case.topic),
    Dimension("language", ("x", "y", "z"), lambda case: case.language),
)


def small_layers(shape: Sequence[int]) -> tuple[Layer, ...]:
    """Return a chain of one or two dimensions with so many categories."""
    kept = [Dimension(of.name, of.categories[:size], of.of) for of, size in zip(SMALL, shape, strict=False)]
    return tuple(Layer(dimension, table=at + 1 < len(kept)) for at, dimension in enumerate(kept))


def every_network(layers: Sequence[Layer], size: int) -> Iterator[Network]:
    """Yield every way in which so many cases can fall into categories."""
    places = list(product(*(layer.dimension.categories for layer in layers)))
    for numbers in compositions(size, len(places)):
        cases = [case(*place) for place, number in zip(places, numbers, strict=True) for _ in range(number)]
        yield build_network(cases, layers)


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of so many."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in compositions(total - first, parts - 1))


def case(topic: str, language: str = "x") -> CountedCase:
    """Return a case in a place of a small world."""
    return CountedCase("2026-01", topic, Urgency.NORMAL, language, ReferralStatus.DONE, "25_59", True)


@pytest.mark.parametrize(("shape", "size"), [((4,), 8), ((4,), 12), ((2, 3), 6), ((2, 3), 8)])
def test_every_small_number_stays_possible_when_every_caseload_is_tried(shape: tuple[int, ...], size: int) -> None:
    layers = small_layers(shape)
    networks = list(every_network(layers, size))
    pages: defaultdict[frozenset[Key], set[int]] = defaultdict(set)
    for at, network in enumerate(networks):
        pages[withhold(network, secret=SECRET, threshold=K)].add(at)
    assert len(pages) >= 4
    for withheld, printed in pages.items():
        check_page(networks, withheld, printed)


def check_page(networks: Sequence[Network], withheld: frozenset[Key], printed: set[int]) -> None:
    """Assert that every caseload that fits a page is protected by its gaps, and leaves its small numbers open."""
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, network in enumerate(networks):
        shown = [number for key, number in network.cells.items() if key not in withheld]
        if all(number >= K for number in shown):
            alike[tuple(shown)].append(at)
    for fitting in alike.values():
        if printed.isdisjoint(fitting):
            continue
        for key in withheld:
            possible = {networks[at].cells[key] for at in fitting}
            if any(networks[at].cells[key] < K for at in printed.intersection(fitting)):
                assert possible >= set(range(K + 1))
        # Nothing is missing with these gaps: with the right cells withheld for no reason, this page is printed.
        assert not any(exposed(networks[at], withheld, threshold=K) for at in fitting)


@pytest.mark.parametrize(("size", "gaps", "shown", "fitting"), [(8, 3, (4,), 15), (12, 2, (3, 3), 7)])
def test_every_caseload_that_fits_a_page_is_printed_so_with_some_secret(
    size: int, gaps: int, shown: tuple[int, ...], fitting: int
) -> None:
    networks = list(every_network(small_layers((4,)), size))
    pages = {withhold(network, secret=SECRET, threshold=K) for network in networks}
    page = min((withheld for withheld in pages if len(withheld) == gaps), key=sorted)
    fits = [n for n in networks if tuple(number for key, number in n.cells.items() if key not in page) == shown]
    assert len(fits) == fitting
    for network in fits:
        secrets = (number.to_bytes(16, "big") for number in range(20_000))
        assert any(withhold(network, secret=secret, threshold=K) == page for secret in secrets), network.cells


@settings(max_examples=3, deadline=None)
@given(caseloads)
def test_a_gap_has_twins_that_are_real_caseloads(cases: list[CountedCase]) -> None:
    layers = layers_of(YEAR)
    network = build_network(cases, layers)
    withheld = withhold(network, secret=SECRET)
    truth = {key: number for key, number in network.cells.items() if key not in withheld}
    for key in sorted(withheld)[::12]:
        for number in (0, THRESHOLD) if network.cells[key] < THRESHOLD else ():
            other = twin(network, layers, withheld, key, number)
            assert other is not None
            counted = count(other)
            assert {shown: counted[frozenset(shown)] for shown in truth} == truth
            assert counted[frozenset(key)] == number
            assert exposed(build_network(other, layers), withheld) == ()
