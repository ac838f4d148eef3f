"""Reading what others wrote: the toolkit's spellings, and faults that are told so that they can be mended."""

import json

import pytest

from referral.htcds import ImportRefused, read_csv, read_json
from referral.htcds.json_file import write_json

SECRET = "Leyla Qasımova"
CONTROL, EXPLOITATION = "vic_MethodsOfControl", "vic_TypeOfExploitation"
DECIDED_BY = "vic_TraffickingStatusDecisionMakingOrg"


def table(*rows: str) -> bytes:
    """Return a CSV file."""
    return "\r\n".join(rows).encode()


def document(**sections: object) -> bytes:
    """Return a JSON document with one case."""
    return json.dumps({"standard": "HTCDS 2.0", "cases": [{"id": "a", **sections}]}).encode()


def refused(data: bytes, **sidecars: bytes) -> ImportRefused:
    """Return why a CSV file is refused."""
    with pytest.raises(ImportRefused) as caught:
        read_csv(data, sidecars={f"{name}.csv": content for name, content in sidecars.items()})
    return caught.value


@pytest.mark.parametrize(
    ("section", "theirs", "cell", "ours", "value"),
    [
        ("person", "prs_First_Name", "Nur", "prs_FirstName", "Nur"),
        ("person", "prs_Second_Name", "A", "prs_SecondName", "A"),
        ("person", "prs_PrimaryLanguage", "per", "prs_PrimaryLanguage", "fas"),
        ("person", "prs_Citizenship", "Iran (Islamic Republic of)", "prs_Citizenship", ("IR",)),
        ("victim", "vic_TraffickinStatusDecisionMakingOrg", "Police", DECIDED_BY, "Police"),
        ("victim", "vic_RelationshipToTrafficker", "Unacquainted", "vic_RelationshipToTrafficker", "Unaquainted"),
        ("victim", "vic_Methods_of_Control", "DebtBondage ", CONTROL, ("DebtBondage",)),
        ("victim", CONTROL, "PsychoactiveSubstances", CONTROL, ("PsychoactiveSubstance",)),
        ("victim", CONTROL, "ThreatOfLawEnforcement;Threats", CONTROL, ("PhysicalThreats", "ThreatsLawEnforcement")),
        ("victim", "vic_MethodOfRecruitment", "AtWork Other", "vic_MethodOfRecruitment", ("AtWork", "Other")),
        ("victim", EXPLOITATION, "forced labour;Other", EXPLOITATION, ("ForcedLabour", "Other")),
        ("case", "cas_Status", "Follow up", "cas_Status", "FollowUp"),
        ("consent", "con_Consent", "FALSE", "con_Consent", False),
    ],
)
def test_a_toolkits_spelling_is_understood_and_not_written(
    section: str, theirs: str, cell: str, ours: str, value: object
) -> None:
    (case,) = read_csv(table(theirs, f'"{cell}"'))
    assert getattr(case, section).get(ours) == value
    written = json.loads(write_json([case]))["cases"][0]
    assert list(written[section]) == [ours]
    assert read_json(write_json([case])) == (case,)


@pytest.mark.parametrize(
    ("code", "own"), [("RestrictsMovement", "x_RestrictsMovement"), ("UsesChildren", "x_UsesChildren")]
)
def test_what_the_standard_defines_without_a_code_is_kept(code: str, own: str) -> None:
    (case,) = read_csv(table("vic_MethodsOfControl", f"{code};TakesEarnings"))
    assert case.victim.values == {"vic_MethodsOfControl": ("TakesEarnings", "Other"), own: True}


def test_kobos_own_columns_are_passed_over() -> None:
    rows = table(
        "start,prs_FirstName,vic_TypeOfExploitation/Other,_uuid,cas_ReferringOrganisation", "2026,Nur,1,x,Umid"
    )
    (case,) = read_csv(rows)
    assert case.person.values == {"prs_FirstName": "Nur"}
    name = case.referrals[0].text("cas_ReferringOrganisation")
    assert case.organisations[name].text("org_Name") == "Umid"


@pytest.mark.parametrize(
    ("column", "cell", "wrong", "remedy"),
    [
        ("vic_TraffickingStatus", SECRET, "not a code", "PossibleVictimOfTrafficking"),
        ("prs_Birthdate", "01.02.1990", "not a date", "2026-11-24"),
        ("prs_Birthdate", "1990-02-30", "not a date", "2026-11-24"),
        ("prs_MobilePhone", SECRET, "not a phone number", "+994501234567"),
        ("prs_NumberOfChildren", "many", "not a number", "0 to 130"),
        ("prs_MailingLatitude", "91", "not degrees", "-90 to 90"),
        ("prs_MailingLatitude", "nan", "not degrees", "-90 to 90"),
        ("con_Consent", "maybe", "neither yes nor no", "TRUE or FALSE"),
        ("prs_PrimaryLanguage", "Azeri", "not a code", "three letters"),
        ("prs_Citizenship", "Atlantis", "not a code", "two letters"),
        ("vic_ForcedLabourIndustry", "C_Manufacturing F_Construction", "not a code", "Use one of"),
        ("prs_FirstName", "a\x00b", "control character", "Delete it"),
        ("vic_Vulnerabilities", "Poverty", "retired", "Leave it out"),
    ],
)
def test_a_wrong_value_is_told_by_row_and_field_and_never_shown(
    column: str, cell: str, wrong: str, remedy: str
) -> None:
    error = refused(table(f"prs_Email,{column}", "a@b.az,", f'c@d.az,"{cell}"'))
    (fault,) = error.faults
    assert (fault.place, fault.field) == ("cases.csv, row 3", column)
    assert wrong in fault.wrong
    assert remedy in fault.remedy
    assert cell not in str(error)


def test_every_fault_is_told_at_once() -> None:
    error = refused(table("prs_Gender,prs_Birthdate", "x,y", "Feminine,z"))
    assert [(fault.place[-1], fault.field) for fault in error.faults] == [
        ("2", "prs_Gender"),
        ("2", "prs_Birthdate"),
        ("3", "prs_Birthdate"),
    ]


def test_a_file_without_a_header_is_refused_without_showing_it() -> None:
    error = refused(table(f"{SECRET},+994501234567", "Nur,x"))
    assert "not of the standard" in str(error)
    assert SECRET not in str(error)
    assert "994501234567" not in str(error)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "no header"),
        ("prs_FirstName\nЛейла".encode("cp1251"), "not UTF-8"),
        (table("prs_FirstName,prs_FirstName", "a,b"), "two columns"),
        (table("prs_FirstName,prs_First_Name", "a,b"), "two spellings"),
        (table("prs_FirstName", "a,b"), "more cells"),
        (table("prs_FirstName", 'a"b"', '"c'), "not CSV"),
        (table("x_CaseId,prs_FirstName", "a,b", "a,c"), "same id"),
        (table("x_CaseId,prs_FirstName", ",b"), "not an id"),
        (table("x_CaseId,vic_LocationOfExploitation", "a,farm"), "not there"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_a_file_that_is_not_of_its_form_is_refused(data: bytes, wrong: str) -> None:
    assert wrong in str(refused(data))


def test_a_row_of_an_unknown_case_is_refused() -> None:
    error = refused(table("x_CaseId", "a"), comments=table("x_CaseId,cco_CaseComment", "b,told"))
    assert "not in cases.csv" in str(error)


def test_a_file_of_another_name_is_refused() -> None:
    assert "organisations.csv" in str(refused(table("x_CaseId", "a"), people=b""))


def test_a_semicolon_between_columns_is_understood() -> None:
    (case,) = read_csv(table("prs_FirstName;vic_TypeOfExploitation", 'Nur;"ForcedLabour;Other"'))
    assert case.victim.codes("vic_TypeOfExploitation") == ("ForcedLabour", "Other")


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not UTF-8"),
        (b"[]", "not an object"),
        (b"{}", "list of cases is missing"),
        (document(victims={}), "not a section"),
        (document(person=[]), "not an object"),
        (document(comments={}), "not a list"),
        (document(comments=[{}]), "no values"),
        (document(person={"vic_TraffickingStatus": "PossibleVictimOfTrafficking"}), "not a field of this section"),
        (document(organisations=[{"id": "a"}]), "no name"),
        (document(organisations=[{"org_Name": "a"}]), "missing"),
        (document(victim={"vic_LocationOfExploitation": "b"}), "not there"),
        (document(person={"prs_Citizenship": [1]}), "not a list of codes"),
        (b'{"cases": [{"id": "a"}, {"id": "a"}]}', "same id"),
        (b'{"cases": [{"id": "a", "id": "b"}]}', "twice"),
    ],
)
def test_json_that_is_not_of_its_form_is_refused(data: bytes, wrong: str) -> None:
    with pytest.raises(ImportRefused, match=wrong):
        read_json(data)
