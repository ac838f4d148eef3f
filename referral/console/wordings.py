"""Which words of consent are the present ones: older ones may have promised something else."""

from pathlib import Path
from typing import Any

import yaml

VOICE = "voice"  # a consent by voice has no words of ours: what was asked and said is written down with it


def current_wordings(locales: Path) -> frozenset[str]:
    """Return the versions of the bot's present texts that ask for consent; none when there is no bot here."""
    path = locales / "source" / "dialogue.yml"
    if not path.exists():
        return frozenset()
    texts: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["texts"]
    return frozenset(str(entry["version"]) for entry in texts.values() if "version" in entry)
