"""Periods: whole quarters, published once, after they are over."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from referral.errors import NotPublishable

LONGEST_MONTHS = 12
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Period:
    """A run of whole quarters from `first` to `last`, two months such as "2026-01" and "2026-12"."""

    first: str
    last: str

    def __post_init__(self) -> None:
        for month in (self.first, self.last):
            if _MONTH.fullmatch(month) is None:
                raise NotPublishable(f"{month!r} is not a month. Write it as 2026-10.")
        months = _number(self.last) - _number(self.first) + 1
        if not 0 < months <= LONGEST_MONTHS or months % 3 or _number(self.first) % 3:
            raise NotPublishable("A period is one to four whole quarters, such as 2026-01 to 2026-03.")

    @property
    def months(self) -> tuple[str, ...]:
        """Return its months in order."""
        return tuple(_month(number) for number in range(_number(self.first), _number(self.last) + 1))

    @property
    def quarters(self) -> tuple[str, ...]:
        """Return its quarters in order."""
        return tuple(dict.fromkeys(quarter_of(month) for month in self.months))

    @property
    def start(self) -> dt.date:
        """Return its first day."""
        return days_of(self.first)[0]

    @property
    def end(self) -> dt.date:
        """Return its last day."""
        return days_of(self.last)[1]

    def overlaps(self, other: "Period") -> bool:
        """Tell whether a month belongs to both."""
        return self.first <= other.last and other.first <= self.last


def check_publishable(period: Period, *, made_on: dt.date, published: Iterable[Period]) -> None:
    """Raise `NotPublishable` unless the period is over and shares no month with one that was published.

    Two editions that count the same month differ by what happened between them: one case that was added, closed or
    erased. So there is never a second edition of a month, not even a corrected one.
    """
    if made_on <= period.end:
        raise NotPublishable(f"The period is not over. Make this edition after {period.end.isoformat()}.")
    for other in published:
        if period.overlaps(other):
            raise NotPublishable(
                f"{other.first} to {other.last} was published already. Choose quarters that no edition counts."
            )


def quarter_of(month: str) -> str:
    """Return the quarter of a month: "2026-Q4" of "2026-10"."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def days_of(time: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a month or a quarter."""
    year, rest = int(time[:4]), time[5:]
    first, last = (3 * int(rest[1:]) - 2, 3 * int(rest[1:])) if rest.startswith("Q") else (int(rest), int(rest))
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _number(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
