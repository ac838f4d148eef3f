"""Babel's plug-in for our YAML files (`locales/babel.cfg` registers it), and what Babel finds in the console.

`pybabel extract -F locales/babel.cfg -o korpu.pot .` writes every text of answers, dialogue and console into one
template; with the names of files instead of `.`, the template of one domain.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from bot.content.placeholders import explanations
from bot.content.sources import FACTS, texts_of_file
from bot.paths import ROOT

MAPPING = Path("locales", "babel.cfg")
CONSOLE = (Path("referral", "console"), Path("bot", "editor"))  # the second adds pages to the first
Found = tuple[int, str, tuple[str, str], list[str]]


def extract(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield the texts of a source file as Babel wants them; the line is the place in the order of the file.

    The names of the parameters are Babel's; all that is needed is in the files.
    """
    path = Path(file.name)
    in_source = path.name != FACTS
    directory = path.parent.parent if in_source else path.parent
    name = path.relative_to(directory).as_posix()
    for place, text in enumerate(texts_of_file(directory, name, explanations(directory)), 1):
        yield place, "pgettext", (text.context, text.text), list(text.notes)


def console_texts(root: Path = ROOT) -> list[str | tuple[str, ...]]:
    """Return the English of every text in the console's and the editors' pages: one form, or two with plurals."""
    with (root / MAPPING).open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        root, methods, options, directory_filter=lambda path: _leads_to_the_console(Path(path).relative_to(root))
    )
    texts = [message for name, _line, message, _comments, _context in found if _is_console(Path(name))]
    return list(dict.fromkeys(texts))


def _leads_to_the_console(path: Path) -> bool:
    return _is_console(path) or any(path in (place, *place.parents) for place in CONSOLE)


def _is_console(path: Path) -> bool:
    return any(place in path.parents for place in CONSOLE)
