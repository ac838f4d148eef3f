"""Writing docs/content.md and the badges; nothing is touched when no figure has changed."""

import datetime as dt
import re
from pathlib import Path

from bot.content.report.badge import badge
from bot.content.report.figures import gather
from bot.content.report.page import AS_OF, page
from bot.content.report.understanding import learnt

PAGE, BADGES = Path("docs", "content.md"), Path("docs", "badges")
_DAY = re.compile(rf"(?<={re.escape(AS_OF)})\d{{4}}-\d{{2}}-\d{{2}}")


def files(root: Path, today: dt.date) -> dict[Path, str]:
    """Return what the files of the report should hold on a day, by their names below the project's folder."""
    figures = gather(root / "locales", today)
    badges = {BADGES / f"content-{of.language}.svg": badge(of) for of in figures.languages}
    return {PAGE: page(figures, learnt(root)), **badges}


def changed(root: Path, today: dt.date) -> dict[Path, str]:
    """Return those of the files that do not say what is so today; another day alone changes nothing."""
    return {path: text for path, text in files(root, today).items() if not _says(root / path, text)}


def write(root: Path, today: dt.date) -> list[Path]:
    """Bring the files up to date; return the names of those that have changed."""
    found = changed(root, today)
    for path, text in found.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(found)


def _says(path: Path, text: str) -> bool:
    return path.exists() and _DAY.sub("", path.read_text(encoding="utf-8")) == _DAY.sub("", text)
