"""`korpu content check`: hold the editors' files to every rule."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from bot.content.content import Content
from bot.content.finding import Finding, Level
from bot.content.reading import read_content
from bot.content.rules import RULES
from bot.content.shapes import ENTRIES
from bot.content.waiting import folders_of
from bot.i18n import LOCALES_DIR
from bot.intents import Catalogue, present_catalogue
from bot.languages import in_preparation
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
    directory: Path = LOCALES_DIR,
    *,
    today: dt.date | None = None,
    files: Collection[Path] = (),
    also: Collection[str] = (),
    catalogue: Catalogue | None = None,
) -> Report:
    """Return what is wrong below `directory`, which is `locales`.

    With `files`, only what is wrong in those; a file that all languages depend on (English source, facts, glossary)
    brings everything with it. While a file cannot be read that the bot cannot do without, only that is told.
    A language or an answer in preparation is held to the rules when `also` names it. What is wrong in `files` of such a
    language is told too, as a warning: nothing of it reaches people.
    """
    held = _Held(directory, today or present_day(), catalogue or present_catalogue())
    content, found = held.findings(also)
    waiting = in_preparation(directory) - set(also) if content is not None else frozenset()
    if unfinished := waiting & folders_of(files, directory):
        names = {_name(path, directory) for path in files}
        more = held.findings({*also, *unfinished})[1]
        found += [replace(one, level=Level.WARNING) for one in more if one.file in names and one not in found]
    texts = content.texts if content is not None else ()
    return Report(
        findings=tuple(sorted(_of_files(found, directory, files), key=lambda finding: finding.order)),
        texts=len(texts),
        languages=len({text.language for text in texts}),
    )


@dataclass(frozen=True)
class _Held:
    """The files below a folder, held to the rules on a day."""

    directory: Path
    today: dt.date
    catalogue: Catalogue

    def findings(self, also: Collection[str]) -> tuple[Content | None, list[Finding]]:
        """Return the content, if it could be read, and what is wrong with it."""
        content, found = read_content(self.directory, self.today, self.catalogue, also)
        if content is not None:
            found += [finding for rule in RULES.values() for finding in rule(content)]
        return content, found


def _of_files(found: list[Finding], directory: Path, files: Collection[Path]) -> Iterator[Finding]:
    names = {_name(path, directory) for path in files}
    everything = not files or any(PurePath(name).relative_to(directory.name).as_posix() in ENTRIES for name in names)
    return (finding for finding in found if everything or finding.file in names)


def _name(path: Path, directory: Path) -> str:
    """Return the name of a file as findings have it; raise `ValueError` for one that is not below `locales`."""
    return (directory.name / path.resolve().relative_to(directory.resolve())).as_posix()
