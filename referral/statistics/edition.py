"""An edition: what is published of one period, made once and then kept as it is."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from referral.statistics.counted import CountedCase, CountedEvents
from referral.statistics.layers import layers_of
from referral.statistics.network import build_network
from referral.statistics.period import Period, check_publishable
from referral.statistics.suppression import THRESHOLD, withhold
from referral.statistics.table import Cell, Gap, Table, tables

TABLES_FROM = 5 * THRESHOLD  # with fewer cases nearly every cell would be withheld


@dataclass(frozen=True)
class EventCount:
    """How often something happened in the period."""

    name: str
    cell: Cell


@dataclass(frozen=True)
class Edition:
    """All that is published of a period; `tables` is empty when there are too few cases for tables."""

    organisation: str
    period: Period
    made_on: dt.date
    total: Cell
    tables: tuple[Table, ...]
    events: tuple[EventCount, ...]


def make_edition(
    cases: Iterable[CountedCase],
    *,
    organisation: str,
    period: Period,
    made_on: dt.date,
    published: Iterable[Period],
    secret: bytes,
    events: Iterable[CountedEvents] = (),
    event_names: Sequence[str] = (),
) -> Edition:
    """Make the edition of a period from the cases that were opened in it; others are left out.

    `published` are the periods of all earlier editions of this organisation; raise `NotPublishable` when the period
    overlaps with one or is not over. `secret` is at least 16 random bytes, the same for all editions, that no reader
    has. `event_names` are all events that are counted, whether they happened or not. Keep the result before anybody
    sees it: a period has one edition, for ever.
    """
    check_publishable(period, made_on=made_on, published=published)
    counted = [case for case in cases if case.month in period.months]
    return Edition(
        organisation=organisation,
        period=period,
        made_on=made_on,
        total=_cell(len(counted)),
        tables=_tables(counted, period, organisation, secret) if len(counted) >= TABLES_FROM else (),
        events=_event_counts(events, event_names, period),
    )


def _tables(cases: Sequence[CountedCase], period: Period, organisation: str, secret: bytes) -> tuple[Table, ...]:
    layers = layers_of(period)
    network = build_network(cases, layers)
    withheld = withhold(network, secret=_own_secret(secret, f"{organisation} {period.first} {period.last}"))
    shown = {key: value for key, value in network.cells.items() if key not in withheld}
    return tables(layers, shown, len(cases))


def _own_secret(secret: bytes, edition: str) -> bytes:
    """Return the secret of one edition: the same choices in each would show what they are."""
    if not 16 <= len(secret) <= hashlib.blake2b.MAX_KEY_SIZE:
        raise ValueError("The secret of the statistics must have between 16 and 64 bytes.")
    return hashlib.blake2b(edition.encode(), key=secret, digest_size=32, person=b"korpu-stats").digest()


def _event_counts(events: Iterable[CountedEvents], names: Sequence[str], period: Period) -> tuple[EventCount, ...]:
    sums: Counter[str] = Counter()
    for event in events:
        if event.name not in names:
            raise ValueError(f"{event.name!r} is not among the names of the events. Add it, or do not count it.")
        if event.month in period.months:
            sums[event.name] += event.count
    return tuple(EventCount(name, _cell(sums[name])) for name in names)


def _cell(number: int) -> Cell:
    return Cell(number) if number >= THRESHOLD else Cell(None, Gap.FEW)
