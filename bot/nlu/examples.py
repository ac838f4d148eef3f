"""The examples of what people say, as the components read them: by folder, fast, with the language of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.intents import read_catalogue
from bot.languages import in_preparation
from bot.paths import ROOT
from bot.yamlfile import load


@dataclass(frozen=True)
class Example:
    """One thing that somebody may write."""

    language: str
    intent: str
    text: str


def read_examples(folder: Path, locales: Path = ROOT / "locales") -> Iterator[Example]:
    """Yield the examples of `folder`/<language>/<topic>.yml, which bot/training/checks.py has checked before.

    What is in preparation, a language of `locales` or an answer, is left out: it would be taken for what others mean.
    """
    languages, answers = in_preparation(locales), read_catalogue().drafts
    for example in all_examples(folder):
        if example.language not in languages and example.intent not in answers:
            yield example


def all_examples(folder: Path) -> Iterator[Example]:
    """Yield every example below a folder, those in preparation too."""
    for path in sorted(folder.glob("*/*.yml")):
        for entry in load(path)["nlu"]:
            lines = (line.strip() for line in entry["examples"].splitlines())
            yield from (Example(path.parent.name, entry["intent"], line[2:]) for line in lines if line.startswith("- "))
