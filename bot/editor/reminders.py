"""What waits for an editor: reported numbers, and what must be held against its source again."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, request

from bot.content.changing import Standing, read_proposals
from bot.content.content import Content
from bot.editor.facts_rows import MARKS_OF, FactRow, Mark, Show, fact_rows
from bot.editor.reports import reported
from bot.editor.shelf import shelf_if_readable
from bot.editor.workplace import place
from bot.review import SOON, review_by
from referral.console.guard import AUTOMATIC


@dataclass(frozen=True)
class Reminders:
    """How many numbers are reported, and by how many people; how many facts and answers are due within a month."""

    reported: int = 0
    persons: int = 0
    facts: int = 0
    answers: int = 0

    @property
    def total(self) -> int:
        """Return how many things wait; a number that is both reported and due counts twice."""
        return self.reported + self.facts + self.answers

    @property
    def signs(self) -> str:
        """Return what changes when there is news."""
        return f"{self.reported}.{self.persons}.{self.facts}.{self.answers}"


def reminders() -> Reminders:
    """Return what waits now, asked once a request; nothing while the files cannot be read, which the pages say."""
    if "reminders" not in g:
        held = shelf_if_readable()
        g.reminders = Reminders() if held is None else of_rows(rows_of(held.content), held.content)
    found: Reminders = g.reminders
    return found


def waiting(endpoint: str) -> int:
    """Return how many things wait at a section of the editors' pages."""
    here = reminders()
    match endpoint:
        case "facts.facts":
            return here.reported + here.facts
        case "proposals.proposals":
            return sum(proposal.standing is Standing.OPEN for proposal in read_proposals(place()))
        case _:
            return 0


def again() -> str:
    """Return the address by which this page shows itself anew: it keeps nobody signed in."""
    asked = [(key, value) for key, value in request.args.items(multi=True) if key != AUTOMATIC]
    return f"{request.path}?{urlencode([*asked, (AUTOMATIC, '1')])}"


def rows_of(content: Content) -> list[FactRow]:
    """Return the rows of the facts with what people report now."""
    return fact_rows(content.locales, reported(), content.today)


def of_rows(rows: list[FactRow], content: Content) -> Reminders:
    """Return what waits by these rows."""
    told = [row.report for row in rows if row.report is not None and Mark.REPORTED in row.marks]
    return Reminders(
        reported=len(told),
        persons=sum(report.persons for report in told),
        facts=sum(bool(MARKS_OF[Show.DUE] & set(row.marks)) for row in rows),
        answers=sum(review_by(entry) <= content.today + SOON for entry in content.locales.answers.values()),
    )
