"""The part of THREAT-MODEL.md that is written by the matrix, between two marks."""

from pathlib import Path

from bot.paths import ROOT

DOCUMENT = ROOT / "THREAT-MODEL.md"
BEGIN = "<!-- matrix: written by `python -m tests.referral.matrix` -->"
END = "<!-- end of matrix -->"


def written(document: str) -> str:
    """Return what stands between the marks; raise `ValueError` without them."""
    begin, end = document.index(BEGIN) + len(BEGIN), document.index(END)
    return document[begin:end].strip()


def with_matrix(document: str, matrix: str) -> str:
    """Return the document with another matrix in it."""
    begin, end = document.index(BEGIN) + len(BEGIN), document.index(END)
    return f"{document[:begin]}\n{matrix}\n{document[end:]}"


def write(matrix: str, path: Path = DOCUMENT) -> None:
    """Put the matrix into the document."""
    path.write_text(with_matrix(path.read_text(encoding="utf-8"), matrix), encoding="utf-8")
