"""The floors below which the report fails: `evaluation/floors.yml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.report.evaluation import FOLDER


def read_floors(path: Path = FOLDER / "floors.yml") -> dict[str, dict[str, float]]:
    """Return for each language its floors in percent; `default` counts for those that are not named."""
    floors: dict[str, dict[str, float]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return floors


def below(figures: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a line for each figure that is worse than its floor; a name with `_at_most` is a ceiling."""
    lines = []
    for language, of in figures.items():
        default = {} if language == "all" else floors["default"]
        for name, floor in {**default, **floors.get(language, {})}.items():
            value = of[name.removesuffix("_at_most")]
            if value > floor if name.endswith("_at_most") else value < floor:
                lines.append(f"{language}: {name.removesuffix('_at_most')} is {value:.1f}, the limit is {floor:.1f}")
    return lines
