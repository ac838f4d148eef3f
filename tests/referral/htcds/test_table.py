"""The field table against the numbers that the standard's sheet gives, and against the sheet where it is at hand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from referral.htcds import load_table
from referral.htcds.data_files import read_data
from referral.htcds.iso import countries, language_code, languages
from referral.htcds.schema import SCHEMA_FILE, make_schema, schema_text
from referral.htcds.table import Table, read_table

SHEET = Path("/work/shared/data/htcds_fields.json")  # read from IOM's sheet; not part of the project
TABLE = load_table()
STANDARD = [field for field in TABLE.fields if not field.own]


def test_there_are_83_fields_of_which_38_are_core_and_in_use() -> None:
    assert len(STANDARD) == 83
    assert sum(field.core for field in STANDARD) == 40
    assert sum(field.core for field in TABLE.live()) == 38
    assert [field.name for field in STANDARD if field.deprecated] == [
        "vic_AgreementToManagePersonalData",
        "vic_Vulnerabilities",
        "vic_DetailsOfVulnerabilities",
    ]


def test_there_are_182_codes_in_21_fields() -> None:
    with_codes = [field for field in STANDARD if field.codes and not (field.reference or "").startswith("ISO")]
    assert len(with_codes) == 21
    assert sum(len(field.codes) for field in with_codes) == 182


def test_the_iso_lists_are_whole() -> None:
    assert len(countries()) == 249
    assert len(languages()) == 486


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("az", "aze"),
        ("en", "eng"),
        ("ru", "rus"),
        ("tr", "tur"),
        ("fa", "fas"),
        ("ar", "ara"),
        ("uk", "ukr"),
        ("ka", "kat"),
        ("ur", "urd"),
        ("bn", "ben"),
        ("uz", "uzb"),
        ("pt-BR", "por"),
        ("per", "fas"),
        ("kum", "kum"),
    ],
)
def test_a_language_has_three_letters(tag: str, code: str) -> None:
    assert language_code(tag) == code


def test_the_committed_schema_is_made_from_the_table() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(TABLE), "Run: python -m referral.htcds"


@pytest.mark.skipif(not SHEET.exists(), reason="IOM's sheet is not on this machine")
def test_the_committed_schema_is_that_of_the_sheet() -> None:
    sheet = json.loads(SHEET.read_text(encoding="utf-8"))
    table = table_of(sheet["fields"])
    assert make_schema(table) == json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert [(field.name, field.label, field.type, field.core, dict(field.codes)) for field in table.fields] == [
        (field.name, field.label, field.type, field.core, dict(field.codes)) for field in TABLE.fields
    ]


def table_of(fields: list[Mapping[str, Any]]) -> Table:
    """Return a table from the sheet's rows, with our own fields beside them."""
    ours = read_data("fields.yml")
    names = {part["title"]: name for name, part in ours["sections"].items()}
    sections: dict[str, Any] = {name: {"title": title, "fields": []} for title, name in names.items()}
    codes = {}
    for row in fields:
        entry = {"name": row["name"], "label": row["label"], "type": row["type"], "core": row["core"]}
        entry |= {"reference": row["reference"], "deprecated": row["status"] == "DEPRECATED"}
        if row["codes"]:
            codes[row["name"]] = dict(zip(row["codes"], row["labels"], strict=True))
            entry["codes"] = row["name"]
        sections[names[row["section"]]]["fields"].append(entry)
    own = {"own": ours["own"], "own_codes": ours["own_codes"]}
    return read_table(
        {**own, **{key: ours[key] for key in ("standard", "attribution")}, "sections": sections, "codes": codes}
    )
