"""One value of one field: reading it from JSON or from a cell, and writing it."""

import datetime as dt
import math
import re
from collections.abc import Sequence

from referral.htcds.errors import BadValue
from referral.htcds.iso import bibliographic, languages
from referral.htcds.spellings import code_aliases, folded
from referral.htcds.table import Field, Kind

Value = str | bool | int | float | dt.date | tuple[str, ...]
Json = str | bool | int | float | list[str]
SEPARATOR = ";"
PHONE = re.compile(r"\+?[1-9]\d{1,14}", re.ASCII)
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "0"})


def parse(field: Field, raw: object) -> Value | None:
    """Return the value in its one right form, or None when there is none; raise `BadValue`.

    Takes what JSON, a cell or a form gives: text for every kind of field, or the field's own type.
    """
    if raw is None:
        return None
    if isinstance(raw, str) and field.kind is not Kind.TEXT:
        raw = raw.strip()
    if isinstance(raw, str | list | tuple) and (not raw or (isinstance(raw, str) and not raw.strip())):
        return None
    match field.kind:
        case Kind.TEXT:
            return _text(field, raw)
        case Kind.DATE:
            return _date(field, raw)
        case Kind.PICK:
            return code_of(field, _string(field, raw))
        case Kind.MULTI:
            return _codes(field, raw)
        case Kind.CHECKBOX:
            return _checkbox(field, raw)
        case Kind.COUNT:
            return _count(field, raw)
        case Kind.DEGREES:
            return _degrees(field, raw)
        case Kind.PHONE:
            return _phone(field, raw)
        case Kind.ORGANISATION:
            return _id(field, raw)


def to_json(value: Value) -> Json:
    """Return a value as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def to_text(value: Value) -> str:
    """Return a value as a cell has it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case tuple():
            return SEPARATOR.join(value)
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def clean_text(text: str) -> str:
    """Return a text without what no file may hold: control characters and halves of characters become U+FFFD."""
    return _NOT_TEXT.sub("\ufffd", _line_ends(text))


def pieces(field: Field, raw: object) -> list[str]:
    """Return the parts of several codes: a list, or a cell in which they stand with ";" or, as Kobo does it, blanks."""
    if isinstance(raw, str):
        if find_code(field, raw) is not None:
            return [raw]
        parts = [part for part in raw.split(SEPARATOR) if part.strip()]
        return parts if len(parts) > 1 else raw.replace(SEPARATOR, "").split()
    if isinstance(raw, Sequence) and all(isinstance(part, str) for part in raw):
        return list(raw)
    raise BadValue(field.name, "this is not a list of codes.", _listed(field))


def find_code(field: Field, text: str) -> str | None:
    """Return the code that a text means: the code itself, a toolkit's spelling of it, or its label."""
    stripped = text.strip()
    if stripped in field.codes:
        return stripped
    if field.codes is languages():
        return bibliographic().get(stripped)
    return code_aliases(field).get(folded(stripped))


def code_of(field: Field, text: str) -> str:
    """Return the code that a text means; raise `BadValue`."""
    code = find_code(field, text)
    if code is None:
        raise BadValue(field.name, "this is not a code of this field.", _listed(field))
    return code


def _listed(field: Field) -> str:
    if (field.reference or "").startswith("ISO 3166"):
        return "Use the two letters of ISO 3166, for instance AZ."
    if field.codes is languages():
        return "Use the three letters of ISO 639-2, for instance aze."
    return f"Use one of: {', '.join(field.codes)}."


def _codes(field: Field, raw: object) -> tuple[str, ...]:
    found = {code_of(field, part) for part in pieces(field, raw)}
    return tuple(code for code in field.codes if code in found)


def _string(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        raise BadValue(field.name, "this is not text.", "Write it as text.")
    return raw


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(field: Field, raw: object) -> str:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = str(raw)  # a house number in a spreadsheet
    text = _line_ends(_string(field, raw))
    if _NOT_TEXT.search(text):
        raise BadValue(field.name, "the text holds a control character.", "Delete it, or write the text anew.")
    return text


def _date(field: Field, raw: object) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    try:
        if isinstance(raw, str) and _DATE.fullmatch(raw):
            return dt.date.fromisoformat(raw)
    except ValueError:
        pass  # such as 30 February: told below, as every other form that is not a date
    raise BadValue(field.name, "this is not a date.", "Write year, month and day: 2026-11-24.")


def _checkbox(field: Field, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadValue(field.name, "this is neither yes nor no.", "Write TRUE or FALSE, or leave it empty.")


def _count(field: Field, raw: object) -> int:
    if isinstance(raw, str) and _INTEGER.fullmatch(raw):
        raw = int(raw)
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= field.limit:
        return raw
    raise BadValue(field.name, "this is not a number of its kind.", f"Write a whole number from 0 to {field.limit}.")


def _degrees(field: Field, raw: object) -> float:
    try:
        number = float(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not abs(number) <= field.limit:
        raise BadValue(field.name, "these are not degrees.", f"Write a number from -{field.limit} to {field.limit}.")
    return number


def _phone(field: Field, raw: object) -> str:
    number = re.sub(r"[\s()-]", "", str(raw))
    if PHONE.fullmatch(number) is None:
        raise BadValue(field.name, "this is not a phone number as E.164 has it.", "Write it as +994501234567.")
    return number


def _id(field: Field, raw: object) -> str:
    if not isinstance(raw, str) or ID.fullmatch(raw) is None:
        raise BadValue(field.name, "this is not the id of an organisation.", "Give the id of one in this file.")
    return raw
