"""The evaluation messages: `evaluation/<language>.yml`, never trained on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.intents import read_catalogue
from bot.paths import ROOT

FOLDER = ROOT / "evaluation"


@dataclass(frozen=True)
class Item:
    """One message with its one right intent."""

    language: str
    intent: str
    style: str
    text: str


@dataclass(frozen=True)
class DangerLists:
    """Messages in danger by kind, and hard negatives."""

    language: str
    danger: dict[str, list[str]]
    quiet: list[str]


def read_items(languages: tuple[str, ...], folder: Path = FOLDER) -> Iterator[Item]:
    """Yield the messages of the languages that are served; none of answers that are being written."""
    drafts = read_catalogue().drafts
    for language in languages:
        for intent, styles in _read(folder, language)["intents"].items():
            if intent in drafts:
                continue
            for style, texts in styles.items():
                yield from (Item(language, intent, style, text) for text in texts or ())


def read_danger(languages: tuple[str, ...], folder: Path = FOLDER) -> list[DangerLists]:
    """Return the danger lists of the languages that are served."""
    raw = {language: _read(folder, language) for language in languages}
    return [DangerLists(language, entry["danger"], entry["quiet"]) for language, entry in raw.items()]


def _read(folder: Path, language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(
        (folder / f"{language}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return loaded
