"""Text that a spreadsheet program takes for text."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones are formulas to a Japanese Excel


def to_csv(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Write rows as CSV; a text that a spreadsheet would calculate gets an apostrophe in front, None becomes empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_harmless(value) if isinstance(value, str) else value for value in row])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text[:1] in {"\t", "\r", "\n"} else text
