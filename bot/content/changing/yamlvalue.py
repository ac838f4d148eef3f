"""Replacing one value of a YAML file: comments, order and layout of everything else stay as they are."""

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from bot.content.changing.edit import Value

_PLAIN_KEY = re.compile(r"[A-Za-z_][\w.:-]*\Z")
_STEP = 2  # columns


class NoSuchPlace(KeyError):
    """The keys lead nowhere."""


def value_at(text: str, path: Sequence[str]) -> Value:
    """Return the value at a place of a YAML text; raise `NoSuchPlace`."""
    value: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    for key in path:
        value = value[_key_of(value, key)]
    found: Value = _plain(value)
    return found


def with_value(text: str, path: Sequence[str], value: Value) -> str:
    """Return the text with one value replaced, or added to the entry when it is not there yet.

    Raise `NoSuchPlace` when not even the entry is there, and `ValueError` when YAML cannot say the value at that place:
    what is returned always means what `text` meant, with that one value.
    """
    wanted = _with(yaml.load(text, Loader=yaml.CSafeLoader), path, value)
    for candidate in _candidates(text, path, value):
        if _means(candidate, wanted):
            return candidate
    raise ValueError(f"The value of {' / '.join(path)} cannot be written there: {value!r}.")


def _candidates(text: str, path: Sequence[str], value: Value) -> Iterator[str]:
    parent, key, node = _find(yaml.compose(text, Loader=yaml.CSafeLoader), path)
    if node is None:
        yield from (_added(text, parent, path[-1], written) for written in _written(value))
        return
    start, end = node.start_mark.index, node.end_mark.index
    space = "" if start and text[start - 1].isspace() else " "
    for written in _replacements(text[start:end], node, value, key.start_mark.column, in_flow=_in_flow(parent)):
        yield f"{text[:start]}{space}{written}{text[end:]}"


def _replacements(raw: str, node: yaml.Node, value: Value, column: int, *, in_flow: bool) -> Iterator[str]:
    """Yield the ways to write a value, that of the old value first."""
    style = getattr(node, "style", None)
    if isinstance(value, str):
        if style == "|":
            yield _in_block(raw, value, column)
        elif "\n" in value and not in_flow:
            yield f"|\n{_indented(value, column + _STEP)}".removesuffix("\n")
        elif style == "'":
            yield "'" + value.replace("'", "''") + "'"
        elif not style:
            yield value
    yield from (f"{written}\n" if style == "|" else written for written in _written(value))


def _in_block(raw: str, value: str, column: int) -> str:
    """Write a text of several lines with the head, the indentation and the blank lines after it that it had."""
    head, _, body = raw.partition("\n")
    indent = next((len(line) - len(line.lstrip(" ")) for line in body.split("\n") if line.strip()), column + _STEP)
    blank = len(body) - len(body.rstrip("\n"))
    return f"{head}\n{_indented(value, indent)}" + "\n" * max(blank - 1, 0)


def _indented(value: str, columns: int) -> str:
    lines = value.removesuffix("\n").split("\n")
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in lines)


def _written(value: Value) -> Iterator[str]:
    """Yield a value as it can stand on one line, the plainest first."""
    if isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
        yield json.dumps(value)
    elif isinstance(value, Mapping):
        yield (
            "{" + ", ".join(f"{_key(key)}: {json.dumps(held, ensure_ascii=False)}" for key, held in value.items()) + "}"
        )
    elif isinstance(value, Sequence):
        yield "[" + ", ".join(_item(held) for held in value) + "]"
        yield json.dumps(list(value), ensure_ascii=False)
    else:
        yield json.dumps(value)


def _item(value: object) -> str:
    return value if isinstance(value, str) and _PLAIN_KEY.match(value) else json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.match(key) else json.dumps(key, ensure_ascii=False)


def _added(text: str, parent: yaml.MappingNode, key: str, written: str) -> str:
    """Return the text with a key added behind the last one of its entry."""
    if parent.flow_style:
        place = parent.end_mark.index - 1
        return f"{text[:place]}{', ' if parent.value else ''}{_key(key)}: {written}{text[place:]}"
    place = parent.value[-1][1].end_mark.index
    if text[:place].endswith("\n"):
        place -= len(text[:place]) - len(text[:place].rstrip("\n")) - 1  # before blank lines, behind the last one
    else:
        place = text.find("\n", place) + 1 or len(text)
    line = f"{' ' * parent.value[0][0].start_mark.column}{_key(key)}: {written}\n"
    return f"{text[:place]}{'' if text[:place].endswith(chr(10)) else chr(10)}{line}{text[place:]}"


def _find(root: yaml.Node | None, path: Sequence[str]) -> tuple[yaml.MappingNode, yaml.Node, yaml.Node | None]:
    """Return the entry that holds the last key, the node of that key and its value; no value when it is to be added."""
    key, node = root, root
    for place, name in enumerate(path):
        if not isinstance(node, yaml.MappingNode):
            raise NoSuchPlace(name)
        found = next(((k, v) for k, v in node.value if k.value == name), None)
        if found is None:
            if place + 1 < len(path) or not node.value:
                raise NoSuchPlace(name)
            return node, node, None
        parent, (key, node) = node, found
    if key is None or node is None:
        raise NoSuchPlace(path)
    return parent, key, node


def _in_flow(parent: yaml.MappingNode) -> bool:
    return bool(parent.flow_style)


def _with(content: Any, path: Sequence[str], value: Value) -> Any:
    content = copy.deepcopy(content)
    entry = content
    for key in path[:-1]:
        entry = entry[_key_of(entry, key)]
    if not isinstance(entry, dict):
        raise NoSuchPlace(path[-1])
    last = next((held for held in entry if str(held) == path[-1]), path[-1])
    entry[last] = _plain(value)
    return content


def _means(text: str, wanted: Any) -> bool:
    try:
        return bool(yaml.load(text, Loader=yaml.CSafeLoader) == wanted)
    except yaml.YAMLError:
        return False


def _key_of(value: Any, key: str) -> Any:
    if not isinstance(value, dict):
        raise NoSuchPlace(key)
    for held in value:
        if str(held) == key:
            return held
    raise NoSuchPlace(key)


def _plain(value: Any) -> Any:
    """Return lists, dicts and the text of days where something like them was given, so that they compare equal."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): held for key, held in value.items()}
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
