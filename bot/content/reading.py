"""Reading `locales` for the check: what cannot be read, or is not of its form, is found before any rule."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from bot.content.catalogues import CONSOLE, DOMAINS, path_of
from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.placeholders import explanations
from bot.content.shapes import ENTRIES, check_shape
from bot.content.texts import all_texts
from bot.content.waiting import waiting, waiting_languages
from bot.i18n import SOURCE_LANGUAGE, load_locales
from bot.intents import Catalogue
from bot.languages import FILE as LANGUAGES

RULE = "file"


@dataclass
class _Read:
    files: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    catalogues: dict[str, Catalog] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_whole: bool = True  # what the bot cannot do without could be read

    def lacks(self, finding: Finding, *, needed: bool) -> None:
        self.findings.append(finding)
        self.is_whole = self.is_whole and not needed


def read_content(
    directory: Path, today: dt.date, catalogue: Catalogue, also: Collection[str] = ()
) -> tuple[Content | None, list[Finding]]:
    """Return the content with what is wrong with the files' form; no content when that keeps the bot from starting.

    What is in preparation is left alone, unless `also` names it: codes of languages, intents of answers.
    """
    read = _Read()
    _read_yaml(directory, directory / LANGUAGES, read)
    in_preparation = waiting_languages(read.files, directory.name, also)
    for path in sorted(directory.rglob("*.yml")):
        if path != directory / LANGUAGES and path.relative_to(directory).parts[0] not in in_preparation:
            _read_yaml(directory, path, read)
    for name in ENTRIES:
        file = f"{directory.name}/{name}"
        if not (directory / name).exists():
            read.lacks(missing(file), needed=True)
        elif file in read.files:
            for finding in check_shape(name, file, read.files[file], also):
                read.lacks(finding, needed=True)
    for language in read.files.get(f"{directory.name}/{LANGUAGES}", ()):
        if language != SOURCE_LANGUAGE and language not in in_preparation:
            _read_catalogues(directory, language, read)
    read.findings += waiting(read.files, directory.name, also)
    return (_content(directory, today, read, catalogue, also) if read.is_whole else None), read.findings


def _content(directory: Path, today: dt.date, read: _Read, catalogue: Catalogue, also: Collection[str]) -> Content:
    return Content(
        directory=directory,
        today=today,
        locales=load_locales(directory, also=also),
        catalogue=catalogue,
        texts=tuple(all_texts(directory, read.catalogues, also)),
        files=read.files,
        lines=read.lines,
        catalogues=read.catalogues,
        explained=explanations(directory),
    )


def missing(file: str) -> Finding:
    """Return that a file is missing."""
    return Finding(file, "", RULE, "missing")


def _read_yaml(directory: Path, path: Path, read: _Read) -> None:
    name = path.relative_to(directory).as_posix()
    file, needed = f"{directory.name}/{name}", name in ENTRIES
    try:
        text = path.read_text(encoding="utf-8")
        content, twice = _load(text)
    except UnicodeDecodeError:
        read.lacks(Finding(file, "", RULE, "not_utf8"), needed=needed)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        read.lacks(Finding(file, "", RULE, "not_yaml", {"line": line, "reason": error.problem}), needed=needed)
    except yaml.YAMLError as error:
        read.lacks(
            Finding(file, "", RULE, "not_yaml", {"line": 1, "reason": " ".join(str(error).split())}), needed=needed
        )
    else:
        for key, line in twice:
            read.lacks(Finding(file, key, RULE, "twice", {"line": line, "key": key}), needed=False)
        if not isinstance(content, dict):
            read.lacks(Finding(file, "", RULE, "not_mapping"), needed=needed)
            return
        read.files[file] = content
        read.lines[file] = tuple(text.splitlines())


@lru_cache(maxsize=64)  # the keeper of content reads all of them again when one has changed
def _load(text: str) -> tuple[Any, list[tuple[str, int]]]:
    """Return the content of a YAML file, and each key that stands twice with its line: YAML takes only the last."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        twice = list(_twice(node)) if node is not None else []
        return (loader.construct_document(node) if node is not None else None), twice
    finally:
        loader.dispose()


def _twice(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield str(key.value), key.start_mark.line + 1
            seen.add(str(key.value))
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode) and node.value and not isinstance(node.value[0], yaml.ScalarNode):
        for item in node.value:
            yield from _twice(item)


def _read_catalogues(directory: Path, language: str, read: _Read) -> None:
    for domain in (*DOMAINS, CONSOLE):
        path = path_of(directory, language, domain)
        file = f"{directory.name}/{path.relative_to(directory).as_posix()}"
        needed = domain != CONSOLE
        if not path.exists():
            if needed:
                read.lacks(missing(file), needed=True)
            continue
        try:
            read.catalogues[file] = _catalogue(path.read_bytes(), language)
        except UnicodeDecodeError:
            read.lacks(Finding(file, "", RULE, "not_utf8"), needed=needed)
        except (PoFileError, ValueError) as error:
            read.lacks(Finding(file, "", RULE, "not_po", _place(error)), needed=needed)


@lru_cache(maxsize=64)
def _catalogue(content: bytes, language: str) -> Catalog:
    return read_po(BytesIO(content), locale=language, abort_invalid=True)


def _place(error: PoFileError | ValueError) -> Mapping[str, object]:
    return {"line": getattr(error, "lineno", 1), "reason": str(error)}
