"""What an editor may do to a copy of the files, by accident."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Mistake:
    """One slip, and what the check must say of it; `file` is named below `locales`."""

    rule: str
    problem: str
    file: str
    entry: str
    edit: Edit

    def __str__(self) -> str:
        return f"{self.rule}.{self.problem} in {self.file}: {self.entry}"


def replaced(file: str, old: str, new: str) -> Edit:
    """Return the edit that replaces the one place where `old` stands in a file."""

    def edit(locales: Path) -> None:
        path = locales / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def within(file: str, entry: str, old: str, new: str) -> Edit:
    """Return the edit that replaces the first `old` after the beginning of a YAML entry."""

    def edit(locales: Path) -> None:
        path = locales / file
        head, found, tail = path.read_text(encoding="utf-8").partition(f"\n{entry}:")
        assert found, f"{file} has no {entry.strip()}"
        assert old in tail, f"{old!r} does not follow {entry.strip()} in {file}"
        path.write_text(head + found + tail.replace(old, new, 1), encoding="utf-8")

    return edit


def translated(language: str, domain: str, key: str, old: str, new: str) -> Edit:
    """Return the edit of a translation; `key` is a context, or the English of a console's text."""
    file = po(language, domain)

    def edit(locales: Path) -> None:
        path = locales / file
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        place = next(number for number, block in enumerate(blocks) if _begins(block, key))
        head, found, text = blocks[place].partition("\nmsgstr")
        assert old in text, f"{old!r} is not in the translation of {key} in {file}"
        blocks[place] = head + found + text.replace(old, new, 1)
        path.write_text("\n\n".join(blocks), encoding="utf-8")

    return edit


def emptied(language: str, domain: str, key: str) -> Edit:
    """Return the edit that loses a translation."""
    return retranslated(language, domain, key, "")


def retranslated(language: str, domain: str, key: str, text: str) -> Edit:
    """Return the edit that writes a translation anew."""
    return _whole(po(language, domain), key, lambda block: block.partition("\nmsgstr")[0] + f'\nmsgstr "{text}"')


def marked(language: str, domain: str, key: str) -> Edit:
    """Return the edit that marks a translation as fuzzy."""
    return _whole(po(language, domain), key, lambda block: block.replace("\nmsgctxt", "\n#, fuzzy\nmsgctxt", 1))


def written(file: str, text: str) -> Edit:
    """Return the edit that writes a whole file."""

    def edit(locales: Path) -> None:
        (locales / file).write_text(text, encoding="utf-8")

    return edit


def removed(file: str) -> Edit:
    """Return the edit that loses a file."""
    return lambda locales: (locales / file).unlink()


def po(language: str, domain: str) -> str:
    """Return the name of a PO file."""
    return f"{language}/LC_MESSAGES/{domain}.po"


def _begins(block: str, key: str) -> bool:
    return f'msgctxt "{key}"\n' in block or f'\nmsgid "{key}"\n' in f"\n{block}"


def _whole(file: str, key: str, change: Callable[[str], str]) -> Edit:
    def edit(locales: Path) -> None:
        path = locales / file
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        place = next(number for number, block in enumerate(blocks) if _begins(block, key))
        if not blocks[place].startswith("#"):
            blocks[place] = f"#\n{blocks[place]}"
        blocks[place] = change(blocks[place])
        path.write_text("\n\n".join(blocks), encoding="utf-8")

    return edit
