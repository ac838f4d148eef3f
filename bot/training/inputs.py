"""What a model is made from, and the fingerprint of it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from bot.intents import read_catalogue
from bot.languages import in_preparation

LOCALES = "locales"
FILES = ("config.yml", "domain.yml", "bot/languages.py", "bot/text.py", "locales/languages.yml")
FOLDERS = {
    "data/nlu": "*.yml",
    "data/rules": "*.yml",
    "data/concepts": "*.yml",
    "data/danger": "*.yml",
    LOCALES: "danger.yml",
    "bot/nlu": "*.py",
    "bot/linear": "*.py",
    "bot/gateway/danger": "*.py",
    "bot/training": "danger.py",
}
LOCK = "requirements.lock"
LIBRARIES = ("rasa", "scikit-learn")
DIGITS = 12


def fingerprint(root: Path, words: Path | None = None) -> str:
    """Return twelve hexadecimal digits that change when, and only when, an input of the training changes.

    `words` is the folder of the editors' files whose patterns of danger are learned with, `locales` if it is left out.
    """
    digest = hashlib.blake2b(digest_size=DIGITS // 2, person=b"korpu-model")
    for name, path in input_files(root, words):
        _add(digest, name, path.read_bytes())
    _add(digest, "in preparation", " ".join(sorted(read_catalogue().drafts)).encode())
    _add(digest, LOCK, "\n".join(library_versions(root / LOCK)).encode())
    return digest.hexdigest()


def input_files(root: Path, words: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Yield the files that go into a model by name, in a fixed order; none of a language in preparation."""
    waiting = in_preparation(root / LOCALES)
    for name in FILES:
        yield name, root / name
    for folder, pattern in FOLDERS.items():
        place = words if folder == LOCALES and words is not None else root / folder
        for path in sorted(place.rglob(pattern)):
            if not waiting & {path.parent.name, path.stem}:
                yield f"{folder}/{path.relative_to(place).as_posix()}", path


def library_versions(lock: Path) -> list[str]:
    """Return the lines of the lock that name the libraries which make and read a model."""
    names = "|".join(LIBRARIES)
    return re.findall(rf"^(?:{names})==\S+", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _add(digest: "hashlib.blake2b", name: str, content: bytes) -> None:
    for part in (name.encode(), content):
        digest.update(len(part).to_bytes(8, "big") + part)
