"""`korpu content check`: hold the editors' files to every rule."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot.content.finding import Finding, Level
from bot.content.reading import read_content
from bot.content.rules import RULES
from bot.content.shapes import ENTRIES
from bot.i18n import LOCALES_DIR
from bot.review import today as present_day


@dataclass(frozen=True)
class Report:
    """What was found, sorted; how many texts were looked at, in how many languages."""

    findings: tuple[Finding, ...]
    texts: int
    languages: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return what keeps the content from going out."""
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what is to be done soon."""
        return tuple(finding for finding in self.findings if finding.level is Level.WARNING)


def check_content(
    directory: Path = LOCALES_DIR, *, today: dt.date | None = None, files: Collection[Path] = ()
) -> Report:
    """Return what is wrong below `directory`, which is `locales`.

    With `files`, only what is wrong in those; a file that all languages depend on (English source, facts, glossary)
    brings everything with it. While a file cannot be read that the bot cannot do without, only that is told.
    """
    content, found = read_content(directory, today or present_day())
    if content is not None:
        found += [finding for rule in RULES.values() for finding in rule(content)]
    texts = content.texts if content is not None else ()
    return Report(
        findings=tuple(sorted(_of_files(found, directory, files), key=lambda finding: finding.order)),
        texts=len(texts),
        languages=len({text.language for text in texts}),
    )


def _of_files(found: list[Finding], directory: Path, files: Collection[Path]) -> Iterator[Finding]:
    names = {_name(path, directory) for path in files}
    everything = not files or any(PurePath(name).relative_to(directory.name).as_posix() in ENTRIES for name in names)
    return (finding for finding in found if everything or finding.file in names)


def _name(path: Path, directory: Path) -> str:
    """Return the name of a file as findings have it; raise `ValueError` for one that is not below `locales`."""
    return (directory.name / path.resolve().relative_to(directory.resolve())).as_posix()
