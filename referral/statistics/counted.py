"""What is counted: cases and events as plain categories, with nothing that leads back to a person."""

from dataclasses import dataclass

from referral.enums import ReferralStatus, Urgency


@dataclass(frozen=True)
class CountedCase:
    """One case, reduced to categories; `month` is the month in which it was opened, as "2026-10".

    `answered_in_time` is true when the first reply came within the time that the organisation promises, false when it
    came later or not at all, None while that time is not over. What a case led to is its status: a second variable that
    follows from the first would show the same cells twice.
    """

    month: str
    topic: str
    urgency: Urgency
    language: str
    status: ReferralStatus
    age_band: str
    answered_in_time: bool | None


@dataclass(frozen=True)
class CountedEvents:
    """How often something happened in a month that is no case, such as an answer shown.

    Never count cases here, nor a part of them: the numbers are published beside the tables of cases, and a difference
    between the two would give away what the tables withhold.
    """

    name: str
    month: str
    count: int
