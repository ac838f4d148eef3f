"""An edit: one value of one file, with the value that it was made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Scalar = str | int | float | bool | None
Value = Scalar | Sequence[Scalar] | Mapping[str, Scalar]
REVIEWS = "reviews"  # second part of the path of a translation's reviews
PO = ".po"


@dataclass(frozen=True)
class Place:
    """Where editors' files are, and where what is kept about their changes is."""

    locales: Path
    data_dir: Path

    @property
    def content(self) -> Path:
        """Return the folder of what is kept."""
        return self.data_dir / "content"


@dataclass(frozen=True)
class Author:
    """Who changes something: the login of the staff member, and a name where there is one."""

    login: str
    name: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the author as plain data."""
        return {"login": self.login, "name": self.name}

    @classmethod
    def from_json(cls, raw: Mapping[str, str]) -> "Author":
        """Return the author of plain data."""
        return cls(raw["login"], raw["name"])


@dataclass(frozen=True)
class Edit:
    """One value to be written; `before` is the one that the editor saw, None when it was not there.

    In a YAML file `path` is the keys that lead to the value: `("work_unpaid", "text")` in `source/answers.yml`,
    `("facts", "police", "value")` in `facts.yml`. Without a last key that is there, one is added.
    In a PO file it is the text's id, `("answer/work_unpaid",)`, and the value the translation; with `REVIEWS` behind
    it, the list of review comments. A translation that is written again as it was is taken as right for the English
    text of now. A YAML value that is written as it was makes sure that nobody has changed it in the meantime.
    """

    file: str
    path: tuple[str, ...]
    before: Value
    after: Value

    @property
    def is_translation(self) -> bool:
        """Tell whether this is of a PO file."""
        return self.file.endswith(PO)

    @property
    def is_change(self) -> bool:
        """Tell whether it does anything: a YAML value that stays only makes sure that it has stayed."""
        return self.is_translation or self.before != self.after

    @property
    def is_review(self) -> bool:
        """Tell whether this is the list of reviews of a translation."""
        return self.is_translation and self.path[1:] == (REVIEWS,)

    def to_json(self) -> dict[str, Any]:
        """Return the edit as plain data."""
        return {"file": self.file, "path": list(self.path), "before": self.before, "after": self.after}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Edit":
        """Return the edit of plain data."""
        return cls(raw["file"], tuple(raw["path"]), raw["before"], raw["after"])
