"""What went in: each change as a patch for people and git, and as data for the pages."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.changing.edit import Author, Edit, Place
from bot.content.changing.subject import subjects_of
from bot.wholefile import write_whole

CHANGES = "changes"
PATCH, DATA = ".patch", ".json"
_SLUG = re.compile(r"[^A-Za-z0-9]+")
LONGEST_SLUG = 50


@dataclass(frozen=True)
class Change:
    """One change that went in. `approved_by` is the login of the second person, where there was to be one."""

    number: int
    at: dt.datetime
    author: Author
    reason: str
    edits: tuple[Edit, ...]
    approved_by: str | None = None
    restores: int | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return what it changed, each once."""
        return subjects_of(self.edits)

    @property
    def name(self) -> str:
        """Return the name of its files without ending."""
        slug = _SLUG.sub("-", "-".join(self.subjects)).strip("-")[:LONGEST_SLUG].rstrip("-")
        return f"{self.number:04}-{slug}"

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "author": self.author.to_json(),
            "reason": self.reason,
            "approved_by": self.approved_by,
            "restores": self.restores,
            "edits": [edit.to_json() for edit in self.edits],
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Change":
        """Return the change of plain data."""
        return cls(
            number=raw["number"],
            at=dt.datetime.fromisoformat(raw["at"]),
            author=Author.from_json(raw["author"]),
            reason=raw["reason"],
            edits=tuple(map(Edit.from_json, raw["edits"])),
            approved_by=raw["approved_by"],
            restores=raw["restores"],
        )


def read_changes(place: Place, subject: str | None = None) -> list[Change]:
    """Return the changes that went in, the last first; with `subject`, only those of it."""
    found = [Change.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in _files(place, DATA)]
    return [change for change in reversed(found) if subject is None or subject in change.subjects]


def read_change(place: Place, number: int) -> Change | None:
    """Return one change, None when there is none of that number."""
    return next((change for change in read_changes(place) if change.number == number), None)


def read_patch(place: Place, number: int) -> str | None:
    """Return the patch of one change, None when there is none of that number."""
    paths = [path for path in _files(place, PATCH) if _number(path) == number]
    return paths[0].read_bytes().decode("utf-8") if paths else None


def read_all_patches(place: Place) -> str:
    """Return all patches as one mbox, the first change first: `git am` takes it as it is."""
    return "".join(path.read_bytes().decode("utf-8") for path in _files(place, PATCH))


def next_number(place: Place) -> int:
    """Return the number of the next change; to be asked under the lock."""
    return max((_number(path) for path in _files(place, PATCH)), default=0) + 1


def write_record(place: Place, change: Change, patch: str) -> None:
    """Keep a change: the patch, and then the data, by which it counts as kept."""
    folder = place.content / CHANGES
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(folder / f"{change.name}{PATCH}", patch)
    write_whole(folder / f"{change.name}{DATA}", to_text(change.to_json()))


def to_text(raw: Mapping[str, Any]) -> str:
    """Return plain data as the text of a file."""
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"


def _files(place: Place, ending: str) -> Sequence[Path]:
    return sorted((place.content / CHANGES).glob(f"[0-9]*{ending}"), key=_number)


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])
