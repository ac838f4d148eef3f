"""Words that count only when they are the whole message: hide, stop, skip, back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.i18n import LOCALES_DIR
from bot.languages import served_files
from bot.text import folded_words
from bot.yamlfile import load_kept

MEANINGS = ("quick_exit", "cancel", "skip", "back")


@dataclass(frozen=True)
class WholeWords:
    """Folded messages → what they mean."""

    meanings: Mapping[str, str]

    def meaning(self, text: str) -> str | None:
        """Return the meaning of a message that consists of such words only, or None."""
        return self.meanings.get(" ".join(folded_words(text)))


def load_words(directory: Path = LOCALES_DIR) -> WholeWords:
    """Read every language's words.yml; a word that means two things in two languages means neither."""
    meanings: dict[str, str] = {}
    doubtful: set[str] = set()
    for path in served_files(directory, "words.yml"):
        raw = load_kept(path)
        for meaning in MEANINGS:
            for words in raw[meaning]:
                key = " ".join(folded_words(words))
                if meanings.setdefault(key, meaning) != meaning:
                    doubtful.add(key)
    return WholeWords({key: meaning for key, meaning in meanings.items() if key and key not in doubtful})
