"""The matrix itself: who opens what, worked out once."""

from dataclasses import dataclass
from pathlib import Path

from tests.referral.conftest import World
from tests.referral.matrix.blobs import Blob
from tests.referral.matrix.closure import opened
from tests.referral.matrix.table import Line, columns_markdown, line, markdown
from tests.referral.matrix.thieves import found_by_trying, locks_of, stores_of, thieves
from tests.referral.matrix.world import Full, fill


@dataclass(frozen=True)
class Matrix:
    """What each thief opens, in full and as the lines of a table."""

    full: Full
    stored: frozenset[Blob]
    opened: dict[str, frozenset[Blob]]
    lines: dict[str, Line]

    def markdown(self) -> str:
        """Return both tables: by thief and case, and by what is stored."""
        return f"{markdown(self.lines)}\n\n{columns_markdown(self.opened)}"


def work_out(world: World, folder: Path) -> Matrix:
    """Fill a fresh world and let every thief try everything."""
    full = fill(world)
    stores, locks = stores_of(full, folder), locks_of(full)
    who = thieves(full, stores, locks)
    found = {name: frozenset(opened(holding, locks)) for name, holding in who.items()}
    lines = {name: line(blobs, full.cases, found_by_trying(who[name], full)) for name, blobs in found.items()}
    return Matrix(full, stores.database | stores.gateway, found, lines)
