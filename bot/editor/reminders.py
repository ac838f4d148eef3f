"""What waits for an editor: reported numbers, and what must be held against its source again."""

from dataclasses import dataclass

from bot.content.content import Content
from bot.editor.facts_rows import MARKS_OF, FactRow, Mark, Show, fact_rows
from bot.editor.reports import reported
from bot.editor.shelf import shelf
from bot.review import SOON, review_by


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
    """Return what waits now; nothing while the files cannot be read, which the pages say by themselves."""
    content = shelf().content
    return Reminders() if content is None else of_rows(rows_of(content), content)


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
