"""The trained models on disk."""

from pathlib import Path

from bot.errors import OperatorError
from bot.paths import MODELS


class NoModel(OperatorError):
    """There is no trained model; the message says what to do."""


def newest_model(directory: Path = MODELS) -> Path:
    """Return the newest trained model; raise `NoModel` if there is none."""
    models = models_by_age(directory)
    if not models:
        raise NoModel("There is no trained model. Run `make train` (or `korpu train`) first.")
    return models[-1]


def models_by_age(directory: Path = MODELS) -> list[Path]:
    """Return the trained models, oldest first."""
    return sorted(directory.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns)
