"""Caseloads to make statistics of: skewed as real ones are, and any that hypothesis likes."""

import datetime as dt
import random

from hypothesis import strategies as st

from referral.enums import ReferralStatus, Urgency
from referral.statistics import CountedCase, Edition, Period, make_edition
from referral.statistics.dimensions import AGE, LANGUAGE, TOPIC

QUARTER, YEAR = Period("2026-01", "2026-03"), Period("2026-01", "2026-12")
SECRET = b"no reader has it"
AFTER = dt.date(2027, 1, 4)
STATUSES = list(ReferralStatus)


def caseload(size: int, *, period: Period = YEAR, seed: int = 1, skew: float = 1.0) -> list[CountedCase]:
    """Return cases of which the first categories have most; the more so, the larger `skew`."""
    chance = random.Random(seed)

    def one_of(values: tuple[str, ...]) -> str:
        return chance.choices(values, [1 / (place + 1) ** (2 * skew) for place in range(len(values))])[0]

    def case() -> CountedCase:
        status = STATUSES[chance.choices(range(6), [5, 5, 10, 60, 5, 5])[0]]
        return CountedCase(
            month=chance.choice(period.months),
            topic=one_of(TOPIC.categories),
            urgency=chance.choices(list(Urgency), [1, 3, 9])[0],
            language=one_of(LANGUAGE.categories),
            status=status,
            age_band=one_of(AGE.categories),
            answered_in_time=chance.choice(
                [False, None] if status is ReferralStatus.NEW else [True, True, False, None]
            ),
        )

    return [case() for _ in range(size)]


def edition_of(cases: list[CountedCase], period: Period = YEAR, secret: bytes = SECRET) -> Edition:
    """Return the edition of a caseload."""
    return make_edition(cases, organisation="A Helping Hand", period=period, made_on=AFTER, published=[], secret=secret)


caseloads = st.builds(
    caseload,
    st.integers(55, 900),
    period=st.sampled_from([QUARTER, YEAR]),
    seed=st.integers(0, 2**32),
    skew=st.sampled_from([0.0, 0.5, 1.0, 3.0]),
)
