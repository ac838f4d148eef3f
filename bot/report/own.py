"""Our classifier as config.yml describes it."""

from typing import Any

from bot.paths import ROOT
from bot.yamlfile import read_yaml


def own_classifier() -> dict[str, Any]:
    """Return the classifier's step of the pipeline, with its views."""
    steps: list[dict[str, Any]] = read_yaml(ROOT / "config.yml", ROOT)["pipeline"]
    return next(step for step in steps if step["name"].endswith("PooledLinearClassifier"))
