"""What a reader must know, in plain English."""

from babel.dates import format_date

from referral.statistics.edition import Edition
from referral.statistics.suppression import THRESHOLD

RULE = f"cells under {THRESHOLD} are not shown"


def legend(edition: Edition) -> tuple[str, ...]:
    """Return the sentences that stand below the tables of an edition."""
    start, end, made = (
        format_date(day, "d MMMM y", locale="en") for day in (edition.period.start, edition.period.end, edition.made_on)
    )
    return (
        f"{edition.organisation}: requests opened from {start} to {end}, as they stood on {made}.",
        "Each request is counted once, in the month in which it was opened. One person can have made several.",
        "Requests that were erased before that day are not counted: people can have theirs erased at any time.",
        *(_gaps() if edition.tables else _no_tables(edition)),
        *(("Answers and other events are counted apart. They are not people.",) if edition.events else ()),
        "This edition is final. A second one for the same time could show a single person by what has changed.",
    )


def _gaps() -> tuple[str, ...]:
    return (
        f"Numbers under {THRESHOLD} and zeros are not shown, so that nobody can be recognised.",
        "Some larger numbers are not shown either, so that nobody can work out the small ones.",
        "A gap can stand for nobody, for a few, or for many.",
    )


def _no_tables(edition: Edition) -> tuple[str, ...]:
    if edition.total.value is None:
        return (f"There were fewer than {THRESHOLD} requests, or none.",)
    return ("There were too few requests for tables: they would show single people.",)
