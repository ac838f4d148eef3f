"""Another caseload that would have led to the same page: a proof that the page does not give the first one away."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from referral.enums import ReferralStatus, Urgency
from referral.statistics import CountedCase
from referral.statistics.flow import Flow, Sign
from referral.statistics.layers import Layer
from referral.statistics.network import Key, Network
from tests.referral.statistics.truth import ANSWERED


def twin(
    network: Network, layers: Sequence[Layer], withheld: Collection[Key], key: Key, to: int
) -> list[CountedCase] | None:
    """Return cases that agree with those of the network in all that is shown, and have `to` cases in one gap."""
    flow = Flow(network)
    edge = next(index for index, edge in enumerate(network.edges) if edge.key == key)
    by = to - flow.values[edge]
    sign: Sign = 1 if by > 0 else -1
    keys = [edge.key for edge in network.edges]
    pushed = flow.push(edge, sign, abs(by), lambda index: 0 if keys[index] is None or keys[index] in withheld else None)
    if pushed.amount < abs(by):
        return None
    return _written_out(network, layers, [value + pushed.moved.get(at, 0) for at, value in enumerate(flow.values)])


def _written_out(network: Network, layers: Sequence[Layer], values: Sequence[int]) -> list[CountedCase]:
    """Write a flow out as cases: each goes on along a link that still has room."""
    links: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    names = [layer.dimension.name for layer in layers]
    paths: list[list[str]] = []
    for edge, value in zip(network.edges, values, strict=True):
        if edge.tail[0] == "start" and edge.key is not None:
            paths += [[edge.key[0][1]] for _ in range(value)]
        elif edge.tail[1] == "out":
            links[names.index(edge.tail[0]), edge.tail[2]] += [edge.head[2]] * value
    for at in range(len(layers) - 1):
        for path in paths:
            path.append(links[at, path[at]].pop())
    assert not any(links.values())
    return [_case(dict(zip(names, path, strict=True))) for path in paths]


def _case(of: dict[str, str]) -> CountedCase:
    return CountedCase(
        month=of["month"],
        topic=of["topic"],
        urgency=Urgency.DANGER if of["urgency"] == "danger" else Urgency.NORMAL,
        language=of["language"],
        status=ReferralStatus(of["status"]),
        age_band=of["age"],
        answered_in_time={name: value for value, name in ANSWERED.items()}[of["answered"]],
    )
