"""Our own JSON Schema of an export, made from the table: the standard has none."""

import json
from pathlib import Path
from typing import Any

from referral.htcds.iso import countries, languages
from referral.htcds.table import REPEATED, SINGLE, Field, Kind, Section, Table
from referral.htcds.values import ID

SCHEMA_FILE = Path(__file__).with_name("htcds.schema.json")
Schema = dict[str, Any]
ID_SCHEMA: Schema = {"type": "string", "pattern": f"^{ID.pattern}$"}
PHONE_SCHEMA: Schema = {"type": "string", "pattern": "^\\+?[1-9][0-9]{1,14}$"}


def make_schema(table: Table) -> Schema:
    """Return the JSON Schema (2020-12) of a document with cases."""
    definitions = {section.value: _section(section, table) for section in Section}
    definitions |= {"country": {"enum": list(countries())}, "language": {"enum": list(languages())}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Cases by {table.standard}, as Körpü exports them",
        "description": f"{table.attribution}. Fields that begin with x_ are Körpü's own.",
        "type": "object",
        "required": ["standard", "cases"],
        "properties": {
            "standard": {"const": table.standard},
            "attribution": {"type": "string"},
            "cases": {"type": "array", "items": {"$ref": "#/$defs/a_case"}},
        },
        "additionalProperties": False,
        "$defs": {"id": ID_SCHEMA, "a_case": _case(), **definitions},
    }


def schema_text(table: Table) -> str:
    """Return the schema as it is committed."""
    return json.dumps(make_schema(table), ensure_ascii=False, indent=1) + "\n"


def _case() -> Schema:
    once = {section.value: {"$ref": f"#/$defs/{section}"} for section in SINGLE}
    several = {
        section.value: {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{section}"}}
        for section in (*REPEATED, Section.ORGANISATIONS)
    }
    properties = {"id": {"$ref": "#/$defs/id"}, **once, **several}
    return {"type": "object", "required": ["id"], "properties": properties, "additionalProperties": False}


def _section(section: Section, table: Table) -> Schema:
    properties = {field.name: _value(field) | {"title": field.label} for field in table.live(section)}
    found: Schema = {"title": table.titles[section], "type": "object", "minProperties": 1}
    if section is Section.ORGANISATIONS:
        properties = {"id": {"$ref": "#/$defs/id"}, **properties}
        found["required"] = ["id", "org_Name"]
    return {**found, "properties": properties, "additionalProperties": False}


def _value(field: Field) -> Schema:
    match field.kind:
        case Kind.TEXT:
            return {"type": "string", "pattern": "\\S"}
        case Kind.DATE:
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case Kind.PICK:
            return _code(field)
        case Kind.MULTI:
            return {"type": "array", "minItems": 1, "uniqueItems": True, "items": _code(field)}
        case Kind.CHECKBOX:
            return {"type": "boolean"}
        case Kind.COUNT:
            return {"type": "integer", "minimum": 0, "maximum": field.limit}
        case Kind.DEGREES:
            return {"type": "number", "minimum": -field.limit, "maximum": field.limit}
        case Kind.PHONE:
            return dict(PHONE_SCHEMA)
        case Kind.ORGANISATION:
            return {"$ref": "#/$defs/id"}


def _code(field: Field) -> Schema:
    if field.codes == countries():
        return {"$ref": "#/$defs/country"}
    if field.codes == languages():
        return {"$ref": "#/$defs/language"}
    return {"enum": list(field.codes)}
