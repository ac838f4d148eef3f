"""One change from edits to record."""

import datetime as dt
from collections.abc import Sequence

from bot.content.changing.edit import Author, Edit, Place
from bot.content.changing.errors import NeedsSecondPerson, NoReason, OwnChange
from bot.content.changing.journal import settle, write_change
from bot.content.changing.patch import patch_of
from bot.content.changing.record import Change, next_number
from bot.content.changing.risk import needs_second_person
from bot.content.changing.trial import Trial, checked
from bot.content.changing.writing import locked

LONGEST_SUBJECT = 120


def make_change(
    place: Place,
    edits: Sequence[Edit],
    author: Author,
    reason: str,
    *,
    approved_by: str | None = None,
    restores: int | None = None,
) -> Change:
    """Write the edits, all or none, and return the recorded change.

    Raise `Conflict` when a value is not any more what the editor saw, `Refused` when the check finds mistakes,
    `NeedsSecondPerson` when somebody else must approve it first, `NothingChanged`, or another `ChangeError`.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NoReason
    if approved_by == author.login:
        raise OwnChange
    with locked(place):
        settle(place)
        trial = checked(place.locales, edits)
        if approved_by is None and needs_second_person(place.locales, edits):
            raise NeedsSecondPerson
        at = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
        change = Change(next_number(place), at, author, reason, tuple(edits), approved_by, restores)
        write_change(place, trial.files, change, _patch(place, change, trial))
    return change


def try_change(place: Place, edits: Sequence[Edit]) -> Trial:
    """Return what a change would do, and write nothing; raise as `make_change` does, but for the second person."""
    return checked(place.locales, edits)


def _patch(place: Place, change: Change, trial: Trial) -> str:
    subject = f"{', '.join(change.subjects)}: {change.reason}"
    lines = [f"Reason: {change.reason}", f"Change: {change.number}"]
    if change.approved_by is not None:
        lines.append(f"Approved-by: {change.approved_by}")
    if change.restores is not None:
        lines.append(f"Restores-what-was-before: {change.restores}")
    short = subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
    return patch_of(place.locales.name, trial.files, author=change.author, at=change.at, subject=short, lines=lines)
