"""Cells that a spreadsheet would run as a formula: a person's message must not act on a caseworker's computer.

By OWASP's advice such a cell gets an apostrophe in front. `restore` takes away exactly what `neutralise` has put there.
"""

import re

_STARTS = r"['\s]*[=+\-@\t\r\n＝＋－＠]"  # full-width signs work as formulas in some languages
_RISKY = re.compile(_STARTS)
_NEUTRALISED = re.compile(f"'{_STARTS}")


def neutralise(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it as text."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def restore(cell: str) -> str:
    """Return the cell as it was before it was neutralised."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell
