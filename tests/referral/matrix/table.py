"""The matrix as a table: a line for each thief, a column for each case."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from tests.referral.matrix.blobs import Blob
from tests.referral.matrix.contents import COLUMNS, GATEWAY_COLUMNS, LEGEND, Content
from tests.referral.matrix.world import CASES

Opened = Mapping[str, frozenset[Blob]]
Line = tuple[str, ...]
NOTHING = "·"
LETTERS = tuple(content for content in LEGEND if content is not Content.CASE_KEY)
BESIDES = (Content.STAFF_KEY, Content.ORGANISATION_KEY, Content.STAFF_CHAT, Content.GATEWAY, Content.GAP)


def line(blobs: Iterable[Blob], cases: Mapping[str, UUID], found_by_trying: Iterable[str]) -> Line:
    """Return what opens: letters for each case, and what is not of a case."""
    found = {(blob.case, blob.content) for blob in blobs}
    cells = ["".join(content for content in LETTERS if (cases[name].hex, content) in found) for name in CASES]
    besides = [content.value for content in BESIDES if any(content is other for _case, other in found)]
    besides += found_by_trying
    return (*(cell or NOTHING for cell in cells), ", ".join(besides) or NOTHING)


def markdown(lines: Mapping[str, Line]) -> str:
    """Return the table, and what its letters mean."""
    head = ["who has", *CASES, "besides"]
    rows = [head, ["---"] * len(head), *([name, *cells] for name, cells in lines.items())]
    letters = "; ".join(f"**{content}** {meaning}" for content, meaning in LEGEND.items() if content in LETTERS)
    return "\n".join([*("| " + " | ".join(row) + " |" for row in rows), "", f"{letters}; **{NOTHING}** nothing."])


def columns_markdown(opened: Opened) -> str:
    """Return for each sealed column who opens at least one value in it."""
    named = [name for name, content in {**COLUMNS, **GATEWAY_COLUMNS}.items() if content is not Content.CLEAR]
    rows = [f"| `{name}` | {_who(name, opened)} |" for name in named]
    return "\n".join(["| stored in | opens for |", "| --- | --- |", *rows])


def _who(column: str, opened: Opened) -> str:
    who: Sequence[str] = [name for name, blobs in opened.items() if any(blob.column == column for blob in blobs)]
    return "; ".join(who) or "nobody"
