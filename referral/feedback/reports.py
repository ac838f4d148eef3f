"""The reports that wait for an editor."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models import NumberReport


@dataclass(frozen=True)
class ReportedNumber:
    """What is said of one number: by how many people, from when to when, in which languages, below which answers."""

    fact: str
    persons: int
    first_day: dt.date
    last_day: dt.date
    languages: tuple[str, ...]
    intents: tuple[str, ...]


def open_reports(session: Session) -> list[ReportedNumber]:
    """Return the numbers with reports that nobody has handled yet, most people first."""
    found: dict[str, list[NumberReport]] = defaultdict(list)
    for row in session.scalars(select(NumberReport).where(NumberReport.handled_day.is_(None))):
        found[row.fact].append(row)
    reported = [_reported(fact, rows) for fact, rows in found.items()]
    return sorted(reported, key=lambda report: (-report.persons, report.fact))


def _reported(fact: str, rows: list[NumberReport]) -> ReportedNumber:
    return ReportedNumber(
        fact=fact,
        persons=len({row.who for row in rows}),
        first_day=min(row.day for row in rows),
        last_day=max(row.day for row in rows),
        languages=tuple(sorted({row.language for row in rows})),
        intents=tuple(sorted({row.intent for row in rows if row.intent is not None})),
    )
