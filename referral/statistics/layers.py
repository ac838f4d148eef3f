"""Which tables an edition has: a chain of dimensions, of which some neighbours share a table.

A chain, and not any set of tables: then all that is published is one flow through one network (network.py), and what an
attacker can work out from it is known exactly instead of estimated.
"""

from dataclasses import dataclass

from referral.enums import ReferralStatus
from referral.statistics.dimensions import AGE, ANSWERED, LANGUAGE, STATUS, TOPIC, URGENCY, Dimension, months, quarters
from referral.statistics.period import Period, quarter_of


@dataclass(frozen=True)
class Layer:
    """A dimension and what binds it to the next one.

    `table`: the two have a table of their own. `never`: pairs of categories that cannot be in one case, as every reader
    knows; they narrow what a withheld number can be.
    """

    dimension: Dimension
    table: bool = False
    never: frozenset[tuple[str, str]] = frozenset()


def layers_of(period: Period) -> tuple[Layer, ...]:
    """Return the chain for a period; quarters are a dimension when there are several."""
    other_quarter = frozenset(
        (month, quarter) for month in period.months for quarter in period.quarters if quarter_of(month) != quarter
    )
    several = len(period.quarters) > 1
    time = (Layer(months(period), never=other_quarter), Layer(quarters(period), table=True)) if several else ()
    return (
        Layer(AGE),
        Layer(URGENCY),
        Layer(STATUS, never=frozenset({(ReferralStatus.NEW.value, "in_time")})),  # who answers has taken the case
        Layer(ANSWERED),
        *(time or (Layer(months(period)),)),
        Layer(TOPIC, table=True),
        Layer(LANGUAGE),
    )
