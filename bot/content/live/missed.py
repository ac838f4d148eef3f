"""What a program would miss: it asks for texts, labels and languages by name, and relies on what a text expects."""

from collections.abc import Iterator

from bot.content.finding import Finding
from bot.i18n import Locales

RULE = "live"
DIALOGUE, LANGUAGES = "locales/source/dialogue.yml", "locales/languages.yml"


def missed_languages(new: Locales, old: Locales) -> Iterator[Finding]:
    """Yield the languages that are no longer served: people are in the middle of a dialogue in them."""
    for name in old.languages.keys() - new.languages.keys():
        yield Finding(LANGUAGES, name, RULE, "gone", {"name": name})


def missed_texts(new: Locales, old: Locales) -> Iterator[Finding]:
    """Yield the texts and labels that are no longer there, and texts that expect something else."""
    for key in old.labels.keys() - new.labels.keys():
        if not key.startswith("lang_"):
            yield Finding(DIALOGUE, f"label/{key}", RULE, "gone", {"name": key})
    for name, entry in old.dialogue.items():
        at, now = f"text/{name}", new.dialogue.get(name)
        if now is None:
            yield Finding(DIALOGUE, at, RULE, "gone", {"name": name})
            continue
        for key in ("expect", "languages"):
            if now.get(key) != entry.get(key):
                yield Finding(DIALOGUE, at, RULE, "other", {"key": key, "value": entry.get(key, "–")})
