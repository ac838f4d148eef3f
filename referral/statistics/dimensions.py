"""The ways in which cases are sorted: every category is fixed beforehand, so that none appears with its first case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from referral.enums import ReferralStatus, Urgency
from referral.statistics.counted import CountedCase
from referral.statistics.period import Period, quarter_of

NOT_SAID = "not_said"
OTHER = "other"


@dataclass(frozen=True)
class Dimension:
    """One way to sort cases. Later categories are withheld first when a small cell needs a neighbour as cover.

    `of` sorts a case into a category; a value that nobody foresaw goes into the last one, never into a new one.
    """

    name: str
    categories: tuple[str, ...]
    of: Callable[[CountedCase], str] = field(repr=False, compare=False)

    def place(self, case: CountedCase) -> str:
        """Return the category of a case."""
        value = self.of(case)
        return value if value in self.categories else self.categories[-1]


def _languages() -> tuple[str, ...]:
    path = Path(__file__).with_name("data") / "languages.yml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["languages"])


TOPIC = Dimension(
    "topic",
    ("trafficking", "work", "violence", "stay", "health", "discrimination", OTHER),
    lambda case: case.topic,
)
LANGUAGE = Dimension(
    "language",
    (*_languages(), OTHER),
    lambda case: case.language,
)
AGE = Dimension(
    "age",
    ("under_18", "18_24", "25_59", "60_plus", NOT_SAID),
    lambda case: case.age_band,
)
# Only danger is told apart: the bot takes "concern" and "normal" from the topic, and everybody can read how. A table
# with both would be a second table of topics, and the two together would open cells that each of them withholds.
URGENCY = Dimension(
    "urgency",
    (Urgency.DANGER.value, OTHER),
    lambda case: Urgency.DANGER.value if case.urgency is Urgency.DANGER else OTHER,
)
STATUS = Dimension(
    "status",
    ("new", "accepted", "in_progress", "done", "rejected", "revoked"),
    lambda case: ReferralStatus(case.status).value,
)
ANSWERED = Dimension(
    "answered",
    ("in_time", "late", "still_open"),
    lambda case: {True: "in_time", False: "late", None: "still_open"}[case.answered_in_time],
)


def months(period: Period) -> Dimension:
    """Return the months of a period, by the month in which a case was opened."""
    return Dimension("month", period.months, lambda case: case.month)


def quarters(period: Period) -> Dimension:
    """Return the quarters of a period, by the month in which a case was opened."""
    return Dimension("quarter", period.quarters, lambda case: quarter_of(case.month))
