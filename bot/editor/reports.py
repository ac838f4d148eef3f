"""What people report of numbers, and settling it."""

from flask import g

from bot.content.changing import Change
from bot.content.sources import FACTS
from bot.review import today
from referral.console.context import console
from referral.db import session_scope
from referral.feedback.doubts import DOUBTED_FROM
from referral.feedback.reports import ReportedNumber, open_reports
from referral.feedback.settling import settle_reports

__all__ = ["DOUBTED_FROM", "reported", "settle", "settle_checked"]


def reported() -> list[ReportedNumber]:
    """Return the reports that nobody has settled yet, most people first."""
    with session_scope(console().engine) as db:
        return open_reports(db)


def settle(fact: str) -> int:
    """Settle the reports of a number as the editor who is signed in; return how many there were."""
    with session_scope(console().engine) as db:
        return settle_reports(db, fact=fact, staff=g.who, day=today())


def settle_checked(change: Change) -> None:
    """Settle the reports of every fact that a change says was checked."""
    checked = {edit.path[1] for edit in change.edits if edit.file == FACTS and edit.path[-1] == "checked"}
    for fact in sorted(checked):
        settle(fact)
