"""From edits to a change that is in, or to a proposal for a second editor."""

from collections.abc import Sequence

from flask import url_for

from bot.content.changing import Edit, make_change, needs_second_person, propose
from bot.editor.workplace import author, place


def save(edits: Sequence[Edit], reason: str, *, restores: int | None = None) -> str:
    """Make the change, or propose it where a second person must approve; return the address of the page that tells.

    Raise what `make_change` raises, but `NeedsSecondPerson`.
    """
    where, who = place(), author()
    if needs_second_person(where.locales, edits):
        return url_for("proposals.proposal", id=propose(where, edits, who, reason).id)
    change = make_change(where, edits, who, reason, restores=restores)
    return url_for("changes.change", number=change.number)
