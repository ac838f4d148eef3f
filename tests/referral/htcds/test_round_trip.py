"""Every case goes out, is valid, and comes back as it was."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.htcds import HtcdsCase, Record, Section, Target, export, read_csv, read_json
from referral.htcds.csv_writing import write_csv
from referral.htcds.json_file import write_json
from referral.htcds.schema import SCHEMA_FILE
from referral.htcds.table import SINGLE, load_table
from tests.referral.htcds.strategies import cases, consented, released, texts

MANY = settings(max_examples=40, deadline=None)
VALIDATOR = jsonschema.Draft202012Validator(
    json.loads(SCHEMA_FILE.read_text(encoding="utf-8")), format_checker=jsonschema.FormatChecker()
)
ONE_OF_EACH: dict[str, Any] = {
    "person": Record(Section.PERSON, {"prs_FirstName": "Nur", "prs_MobilePhone": "+994501234567"}),
    "victim": Record(Section.VICTIM, {"vic_LocationOfExploitation": "farm", "vic_MethodsOfControl": ["DebtBondage"]}),
    "referrals": (
        Record(Section.REFERRALS, {"cas_ReferredOrganisation": "shelter"}),
        Record(Section.REFERRALS, {"cas_ReferredOrganisation": "clinic"}),
    ),
    "comments": (Record(Section.COMMENTS, {"cco_CaseComment": "=HYPERLINK(1)\nsecond line"}),),
    "organisations": {
        name: Record(Section.ORGANISATIONS, {"org_Name": name}) for name in ("farm", "shelter", "clinic")
    },
}


def sidecars(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files beside `cases.csv`."""
    return {name: data for name, data in files.items() if name != "cases.csv"}


@MANY
@given(st.lists(cases(), max_size=2, unique_by=lambda case: case.case_id))
def test_json_is_valid_and_comes_back_equal(held: list[HtcdsCase]) -> None:
    data = write_json(held)
    VALIDATOR.validate(json.loads(data))
    assert read_json(data) == tuple(held)


@MANY
@given(st.lists(cases(), max_size=2, unique_by=lambda case: case.case_id), st.booleans())
def test_csv_comes_back_equal(held: list[HtcdsCase], bom: bool) -> None:
    files = write_csv(held, bom=bom)
    assert read_csv(files["cases.csv"], sidecars=sidecars(files)) == tuple(held)


@MANY
@given(texts(), texts(), texts())
def test_csv_of_hostile_texts_comes_back_equal(first: str, second: str, name: str) -> None:
    case = consented(
        comments=tuple(Record(Section.COMMENTS, {"cco_CaseComment": text}) for text in (first, second)),
        victim=Record(Section.VICTIM, {"vic_LocationOfRecruitment": "a"}),
        organisations={"a": Record(Section.ORGANISATIONS, {"org_Name": name})},
    )
    files = write_csv([case])
    assert read_csv(files["cases.csv"], sidecars=sidecars(files)) == (case,)


@pytest.mark.parametrize("target", [Target.JSON, Target.CSV])
def test_a_released_case_comes_back_with_the_terms_of_its_consent(target: Target) -> None:
    passed = released(consented(**ONE_OF_EACH))
    files = export([passed], target=target)
    back = (
        read_json(files["cases.json"])
        if target is Target.JSON
        else read_csv(files["cases.csv"], sidecars=sidecars(files))
    )
    assert back == (passed.case,)
    assert back[0].consent.text("x_ConsentRecipient") == passed.recipient


def test_a_row_has_every_field_in_use_but_an_organisations() -> None:
    header = write_csv([])["cases.csv"].decode().strip().replace('"', "").split(",")
    others = [
        field.name
        for section in Section
        if section is not Section.ORGANISATIONS
        for field in load_table().live(section)
    ]
    assert header[0] == "x_CaseId"
    assert sorted(header[1:]) == sorted(others)


def test_json_leaves_out_what_is_empty() -> None:
    document = json.loads(write_json([HtcdsCase("case-1")]))
    assert document["cases"] == [{"id": "case-1"}]
    assert "CC BY 4.0" in document["attribution"]


def test_the_schema_refuses_what_is_not_of_the_standard() -> None:
    document = json.loads(write_json([consented(**ONE_OF_EACH)]))
    for section, name, value in (
        ("victim", "vic_MethodsOfControl", ["DebtBondage "]),
        ("person", "prs_First_Name", "Nur"),
        ("person", "prs_Birthdate", "1.2.1990"),
        ("person", "prs_MobilePhone", "050 123"),
    ):
        changed = json.loads(json.dumps(document))
        changed["cases"][0][section][name] = value
        assert not VALIDATOR.is_valid(changed), name


def test_no_section_is_forgotten() -> None:
    assert {section.value for section in SINGLE} <= set(HtcdsCase.__dataclass_fields__)
    assert {section.value for section in Section} == set(HtcdsCase.__dataclass_fields__) - {"case_id"}
