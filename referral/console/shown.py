"""What the console has of the editors' files: the directory, the wordings of consent, its own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.support import NullTranslations

from referral.console.language import read_texts
from referral.console.wordings import current_wordings
from referral.directory import Directory, load_directory


@dataclass(frozen=True)
class Shown:
    """All of it of one release; `wordings` are the present versions of the consent's words."""

    directory: Directory
    wordings: frozenset[str]
    texts: Mapping[str, NullTranslations]


def read_shown(folder: Path) -> Shown:
    """Read the files; raise `DirectoryError` when the directory of providers is not of its form."""
    return Shown(load_directory(folder), current_wordings(folder), read_texts(folder))
