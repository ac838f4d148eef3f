"""What is in preparation: languages and answers that nobody is shown yet. `korpu content todo` says what they lack."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content.finding import Finding, Level
from bot.i18n import DRAFT
from bot.languages import FILE as LANGUAGES

RULE = "waiting"
ANSWERS = "source/answers.yml"


def waiting_languages(files: Mapping[str, Any], locales: str, also: Collection[str] = ()) -> frozenset[str]:
    """Return the languages that are not offered, but for `also`; `files` are those of `locales`, by their names."""
    return _marked(files.get(f"{locales}/{LANGUAGES}"), "offered", False) - set(also)


def waiting_answers(files: Mapping[str, Any], locales: str, also: Collection[str] = ()) -> frozenset[str]:
    """Return the answers that are drafts, but for `also`."""
    return _marked(files.get(f"{locales}/{ANSWERS}"), DRAFT, True) - set(also)


def waiting(files: Mapping[str, Any], locales: str, also: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a reminder of each language and each answer that is not shown."""
    for code in sorted(waiting_languages(files, locales, also)):
        yield Finding(f"{locales}/{LANGUAGES}", code, RULE, "language", {"code": code}, Level.WARNING)
    for intent in sorted(waiting_answers(files, locales, also)):
        yield Finding(f"{locales}/{ANSWERS}", f"answer/{intent}", RULE, "answer", {"intent": intent}, Level.WARNING)


def folders_of(files: Collection[Path], directory: Path) -> frozenset[str]:
    """Return the folders, or files, directly below `directory` in which files lie: of a language, its code."""
    return frozenset(path.resolve().relative_to(directory.resolve()).parts[0] for path in files)


def _marked(entries: object, key: str, value: bool) -> frozenset[str]:
    if not isinstance(entries, dict):
        return frozenset()
    return frozenset(name for name, entry in entries.items() if isinstance(entry, dict) and entry.get(key) is value)
