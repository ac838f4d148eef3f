"""Where the value of an edit is, and whether two values are the same for an editor."""

from collections.abc import Sequence
from pathlib import Path

from bot.content.catalogues import REVIEWED, entries_of, forms_of, read_catalogue
from bot.content.changing.edit import PO, REVIEWS, Value
from bot.content.changing.errors import ChangeError
from bot.content.changing.yamlvalue import NoSuchPlace, value_at

YAML = ".yml"


def value_of(locales: Path, file: str, path: Sequence[str]) -> Value:
    """Return the value that a file has now, None when there is no such entry.

    Raise `ChangeError` for what is no editors' file, and what the parsers raise for a file that they cannot read.
    """
    place = path_of_file(locales, file)
    try:
        if file.endswith(PO):
            return _translation(place, path)
        return value_at(place.read_text(encoding="utf-8"), path)
    except NoSuchPlace:
        return None


def path_of_file(locales: Path, file: str) -> Path:
    """Return the path of an editors' file; raise `ChangeError` for what is none."""
    path = locales / file
    if not file.endswith((YAML, PO)) or ".." in Path(file).parts or Path(file).is_absolute() or not path.is_file():
        raise ChangeError(f"There is no file locales/{file} that editors change.")
    return path


def language_and_domain(file: str) -> tuple[str, str]:
    """Return the language and the domain of a PO file from its name, such as `az/LC_MESSAGES/answers.po`."""
    return Path(file).parts[0], Path(file).stem


def is_same(one: Value, other: Value) -> bool:
    """Tell whether two values are the same; how a text ends, and in which way its lines do, does not count."""
    if isinstance(one, str) and isinstance(other, str):
        return _bare(one) == _bare(other)
    if isinstance(one, str | int | float | bool | None) or isinstance(other, str | int | float | bool | None):
        return type(one) is type(other) and one == other
    return one == other


def fitted(after: Value, before: Value) -> Value:
    """Return a text with its last line ended as the old one was; a text of several lines that had one ends its last."""
    if not isinstance(after, str):
        return after
    bare = _bare(after)
    was = before if isinstance(before, str) else ""
    ends = was.endswith("\n") or ("\n" in bare and "\n" not in was)
    return f"{bare}\n" if ends else bare


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n")


def _translation(place: Path, path: Sequence[str]) -> Value:
    message = entries_of(read_catalogue(place, place.parent.parent.name)).get(path[0])
    if message is None:
        raise NoSuchPlace(path[0])
    if tuple(path[1:]) == (REVIEWS,):
        return [comment for comment in message.user_comments if comment.startswith(REVIEWED)]
    return "".join(forms_of(message.string))
