"""Changing the editors' files for them: small differences, nothing overwritten, nothing half done, each change a patch.

`make_change` is the one way in: it holds every edit against the file as it is now, tries the change in a copy, has the
whole content checked, and only then writes. What a wrong word could do most harm in waits as a proposal for a second
person (`propose`, `approve`, `decline`). `read_changes` tells what went in.
"""

from bot.content.changing.change import make_change, try_change
from bot.content.changing.edit import Author, Edit, Place, Value
from bot.content.changing.errors import (
    ChangeError,
    Clash,
    Conflict,
    Decided,
    NeedsSecondPerson,
    NoReason,
    NothingChanged,
    NotWritten,
    OwnChange,
    Refused,
    SameMoment,
)
from bot.content.changing.locate import is_same, value_of
from bot.content.changing.proposals import Proposal, Standing, approve, decline, propose, read_proposal, read_proposals
from bot.content.changing.record import Change, read_change, read_changes
from bot.content.changing.risk import needs_second_person
from bot.content.changing.subject import subject_of
from bot.content.changing.trial import Trial

__all__ = [
    "Author",
    "Change",
    "ChangeError",
    "Clash",
    "Conflict",
    "Decided",
    "Edit",
    "NeedsSecondPerson",
    "NoReason",
    "NotWritten",
    "NothingChanged",
    "OwnChange",
    "Place",
    "Proposal",
    "Refused",
    "SameMoment",
    "Standing",
    "Trial",
    "Value",
    "approve",
    "decline",
    "is_same",
    "make_change",
    "needs_second_person",
    "propose",
    "read_change",
    "read_changes",
    "read_proposal",
    "read_proposals",
    "subject_of",
    "try_change",
    "value_of",
]
