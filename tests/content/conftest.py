"""A copy of the editors' files, on a fixed day."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.i18n import LOCALES_DIR

TODAY = dt.date(2026, 12, 1)  # a test must not fail because a review has become due


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Return a copy of `locales` that a test may change."""
    return copy_to(tmp_path)


def copy_to(folder: Path) -> Path:
    """Copy `locales` into a folder."""
    shutil.copytree(LOCALES_DIR, folder / "locales")
    return folder / "locales"
