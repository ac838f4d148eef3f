"""Cases as JSON: nested as the sections are, valid by our own schema."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from referral.htcds.case import HtcdsCase, Record
from referral.htcds.reading import Reader, check_size, shown
from referral.htcds.table import REPEATED, SINGLE, Section, load_table
from referral.htcds.values import to_json

JsonObject = dict[str, Any]


def case_to_dict(case: HtcdsCase) -> JsonObject:
    """Return a case as JSON; a section without values is left out."""
    found: JsonObject = {"id": case.case_id}
    found |= {section.value: _record(case.single(section)) for section in SINGLE if case.single(section)}
    found |= {
        section.value: [_record(record) for record in case.repeated(section)]
        for section in REPEATED
        if case.repeated(section)
    }
    if case.organisations:
        found["organisations"] = [{"id": name} | _record(record) for name, record in case.organisations.items()]
    return found


def write_json(cases: Iterable[HtcdsCase]) -> bytes:
    """Return a JSON document with some cases."""
    table = load_table()
    document = {
        "standard": table.standard,
        "attribution": table.attribution,
        "cases": [case_to_dict(case) for case in cases],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_json(data: bytes) -> tuple[HtcdsCase, ...]:
    """Return the cases of a document; raise `ImportRefused` with everything that is wrong in it."""
    check_size(data)
    reader = Reader()
    document = _parsed(data, reader)
    listed = document.get("cases")
    if not isinstance(listed, list):
        reader.fault("", "cases", "the list of cases is missing.", 'Give an object with "cases": [ … ].')
        listed = []
    read = [_case(raw, f"case {number}", reader) for number, raw in enumerate(listed, start=1)]
    cases = [case for case in read if case is not None]
    if len({case.case_id for case in cases}) < len(cases):
        reader.fault("", "id", "two cases have the same id.", "Give each case its own.")
    reader.finish()
    return tuple(cases)


def _record(record: Record) -> JsonObject:
    return {name: to_json(value) for name, value in record.values.items()}


def _parsed(data: bytes, reader: Reader) -> Mapping[str, object]:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            reader.fault("", "file", "a name stands twice in one object.", "Keep one of them.")
        return found

    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=unique)
    except UnicodeDecodeError:
        reader.fault("", "file", "it is not UTF-8 text.", "Save it as UTF-8.")
        return {}
    except (ValueError, RecursionError) as error:
        line = f" from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else ""
        reader.fault("", "file", f"it is not JSON{line}.", "Correct it, or export it anew.")
        return {}
    return _object(document, "", "file", reader)


def _object(raw: object, place: str, name: str, reader: Reader) -> Mapping[str, object]:
    if isinstance(raw, dict):
        return raw
    reader.fault(place, name, "this is not an object.", "Write it as { … }.")
    return {}


def _list(raw: object, place: str, name: str, reader: Reader) -> list[object]:
    if isinstance(raw, list):
        return raw
    reader.fault(place, name, "this is not a list.", "Write it as [ … ].")
    return []


def _case(raw: object, place: str, reader: Reader) -> HtcdsCase | None:
    found = _object(raw, place, "case", reader)
    for name in sorted(set(found) - {"id", *(section.value for section in Section)}):
        reader.fault(place, shown(name), "this is not a section of a case.", "Leave it out.")
    parts: dict[str, object] = {}
    for section in SINGLE:
        inner = _object(found.get(section, {}), place, section, reader)
        parts[section] = reader.record(section, inner, f"{place}, {section}")
    for section in REPEATED:
        listed = enumerate(_list(found.get(section, []), place, section, reader), start=1)
        places = [(f"{place}, {section} {number}", inner) for number, inner in listed]
        parts[section] = tuple(
            reader.record(section, _object(inner, where, section, reader), where) for where, inner in places
        )
    parts["organisations"] = _organisations(found.get("organisations", []), place, reader)
    return reader.case(_id(found, place, reader), parts, place)


def _organisations(raw: object, place: str, reader: Reader) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for number, inner in enumerate(_list(raw, place, "organisations", reader), start=1):
        where = f"{place}, organisations {number}"
        values = dict(_object(inner, where, "organisation", reader))
        name = _id(values, where, reader)
        values.pop("id", None)
        if name in found:
            reader.fault(where, "id", "two organisations have the same id.", "Give each its own.")
        found[name] = reader.record(Section.ORGANISATIONS, values, where)
    return found


def _id(raw: Mapping[str, object], place: str, reader: Reader) -> str:
    name = raw.get("id")
    if isinstance(name, str) and name:
        return name
    reader.fault(place, "id", "it is missing.", 'Give an id: "id": "…".')
    return "missing"
