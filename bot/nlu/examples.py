"""The examples of what people say, as the components read them: by folder, fast, with the language of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Example:
    """One thing that somebody may write."""

    language: str
    intent: str
    text: str


def read_examples(folder: Path) -> Iterator[Example]:
    """Yield the examples of `folder`/<language>/<topic>.yml, which bot/training/checks.py has checked before."""
    for path in sorted(folder.glob("*/*.yml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = (line.strip() for line in entry["examples"].splitlines())
            yield from (Example(path.parent.name, entry["intent"], line[2:]) for line in lines if line.startswith("- "))
