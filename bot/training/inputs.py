"""What a model is made from, and the fingerprint of it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from bot.intents import read_catalogue
from bot.languages import in_preparation

FILES = ("config.yml", "domain.yml", "bot/languages.py", "bot/text.py", "locales/languages.yml")
FOLDERS = {
    "data/nlu": "*.yml",
    "data/rules": "*.yml",
    "data/concepts": "*.yml",
    "data/danger": "*.yml",
    "locales": "danger.yml",
    "bot/nlu": "*.py",
    "bot/linear": "*.py",
    "bot/gateway/danger": "*.py",
    "bot/training": "danger.py",
}
LOCK = "requirements.lock"
LIBRARIES = ("rasa", "scikit-learn")
DIGITS = 12


def fingerprint(root: Path) -> str:
    """Return twelve hexadecimal digits that change when, and only when, an input of the training changes."""
    digest = hashlib.blake2b(digest_size=DIGITS // 2, person=b"korpu-model")
    for path in input_files(root):
        _add(digest, str(path.relative_to(root)), path.read_bytes())
    _add(digest, "in preparation", " ".join(sorted(read_catalogue().drafts)).encode())
    _add(digest, LOCK, "\n".join(library_versions(root / LOCK)).encode())
    return digest.hexdigest()


def input_files(root: Path) -> Iterator[Path]:
    """Yield the files that go into a model, always in the same order; none of a language in preparation."""
    waiting = in_preparation(root / "locales")
    for name in FILES:
        yield root / name
    for folder, pattern in FOLDERS.items():
        found = sorted((root / folder).rglob(pattern))
        yield from (path for path in found if not waiting & {path.parent.name, path.stem})


def library_versions(lock: Path) -> list[str]:
    """Return the lines of the lock that name the libraries which make and read a model."""
    names = "|".join(LIBRARIES)
    return re.findall(rf"^(?:{names})==\S+", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _add(digest: "hashlib.blake2b", name: str, content: bytes) -> None:
    for part in (name.encode(), content):
        digest.update(len(part).to_bytes(8, "big") + part)
