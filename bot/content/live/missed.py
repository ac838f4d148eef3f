"""What a running program would miss: it asks for texts, labels and languages by name, and for what a text expects."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.finding import Finding
from bot.i18n import Locales, load_locales

RULE = "live"
DIALOGUE, LANGUAGES = "source/dialogue.yml", "languages.yml"


def missed(folder: Path, read: Path) -> Iterator[Finding]:
    """Yield what is in the release `read` and not in `folder`. A new program may do without it: after a new start."""
    new, old = load_locales(folder), load_locales(read)
    for name in old.languages.keys() - new.languages.keys():
        yield Finding(f"{folder.name}/{LANGUAGES}", name, RULE, "gone", {"name": name})
    for key in old.labels.keys() - new.labels.keys():
        if not key.startswith("lang_"):
            yield Finding(f"{folder.name}/{DIALOGUE}", f"label/{key}", RULE, "gone", {"name": key})
    yield from _texts(f"{folder.name}/{DIALOGUE}", new, old)


def _texts(file: str, new: Locales, old: Locales) -> Iterator[Finding]:
    for name, entry in old.dialogue.items():
        at, now = f"text/{name}", new.dialogue.get(name)
        if now is None:
            yield Finding(file, at, RULE, "gone", {"name": name})
            continue
        for key in ("expect", "languages"):
            if now.get(key) != entry.get(key):
                yield Finding(file, at, RULE, "other", {"key": key, "value": entry.get(key, "–")})
