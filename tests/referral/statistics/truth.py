"""Cases counted one by one, with none of the code that is tested."""

from collections import Counter
from collections.abc import Iterable

from referral.statistics import CountedCase
from tests.referral.statistics.attacker import Place, quarter_of

ANSWERED = {True: "in_time", False: "late", None: "still_open"}


def count(cases: Iterable[CountedCase]) -> Counter[Place]:
    """Return the true number of every place in an edition."""
    return Counter(place for case in cases for place in _places(case))


def _places(case: CountedCase) -> list[Place]:
    topic, language, quarter = (
        ("topic", case.topic),
        ("language", case.language),
        ("quarter", quarter_of(case.month)),
    )
    urgency = ("urgency", "danger" if case.urgency == "danger" else "other")
    alone = [topic, language, quarter, urgency, ("month", case.month), ("age", case.age_band)]
    alone += [("status", str(case.status)), ("answered", ANSWERED[case.answered_in_time])]
    return [
        frozenset(),
        *(frozenset({part}) for part in alone),
        frozenset({topic, language}),
        frozenset({topic, quarter}),
    ]
