"""What a rule finds: plain data, which `messages.py` puts into the editor's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique


@unique
class Level(StrEnum):
    """An error keeps content from going out; a warning is a thing to do soon."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One mistake: the file and the entry that it is in, the rule, which of its problems, and the words for it."""

    file: str
    entry: str
    rule: str
    problem: str
    values: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.ERROR

    @property
    def key(self) -> str:
        """Return the name of the message in `source/checks.yml`."""
        return f"{self.rule}.{self.problem}"

    @property
    def order(self) -> tuple[str, ...]:
        """Return what findings are sorted by."""
        return (self.file, self.entry, self.rule, self.problem, str(self.values))
