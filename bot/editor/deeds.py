"""Doing what an editor asks: the change itself, or its way to a second person, or why it did not go in."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.changing import (
    Change,
    ChangeError,
    Clash,
    Conflict,
    Edit,
    NothingChanged,
    Proposal,
    Refused,
    make_change,
    needs_second_person,
    propose,
)
from bot.content.finding import Finding
from bot.editor.reasons import why_not
from bot.editor.reports import settle_checked
from bot.editor.workplace import author, place


@dataclass(frozen=True)
class Outcome:
    """What became of edits: a change, a proposal, or the reason why neither was made."""

    change: Change | None = None
    proposal: Proposal | None = None
    findings: tuple[Finding, ...] = ()
    clashes: tuple[Clash, ...] = ()
    problem: str = ""
    nothing_new: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether the files say what was asked, or a second person will be asked."""
        return self.change is not None or self.proposal is not None or self.nothing_new


def submit(edits: Sequence[Edit], reason: str) -> Outcome:
    """Make a change, or propose it where a second person must look; what it says was checked settles the reports."""
    try:
        if needs_second_person(place().locales, edits):
            return Outcome(proposal=propose(place(), edits, author(), reason))
        change = make_change(place(), edits, author(), reason)
    except NothingChanged:
        return Outcome(nothing_new=True)
    except Conflict as conflict:
        return Outcome(clashes=conflict.clashes)
    except Refused as refused:
        return Outcome(findings=refused.findings)
    except ChangeError as error:
        return Outcome(problem=why_not(error))
    settle_checked(change)
    return Outcome(change=change)
