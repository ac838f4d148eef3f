"""Spreadsheets as the standard's templates are: their names, their order, their faults."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from referral.htcds import (
    AddressBy,
    ExportRefused,
    HtcdsCase,
    ImportRefused,
    Record,
    Section,
    Target,
    export,
    left_out,
    read_excel,
)
from referral.htcds.excel import write_excel
from tests.referral.htcds.strategies import consented, released, texts

CASE = consented(
    person=Record(
        Section.PERSON,
        {
            "prs_Gender": "NonConforming",
            "prs_Citizenship": ["UZ", "IR"],
            "prs_MobilePhone": "+994501234567",
            "prs_Birthdate": dt.date(1990, 2, 1),
            "prs_PrimaryLanguage": "uzb",
        },
    ),
    victim=Record(
        Section.VICTIM,
        {
            "vic_TraffickingStatusDecisionMakingOrg": "NGO",
            "vic_MethodsOfControl": ["DebtBondage", "TakesEarnings"],
            "vic_ForcedLabourIndustry": "E_WaterSupplySewerageWasteManagement",
            "vic_LocationOfExploitation": "o1",
        },
    ),
    case=Record(Section.CASE, {"cas_Status": "FollowUp"}),
    referrals=(
        Record(
            Section.REFERRALS,
            {
                "cas_ReasonForOutgoingReferral": "MigrationOrChangeOfLocation",
                "cas_OutgoingReferralDate": dt.date(2026, 11, 26),
                "cas_ReferredOrganisation": "o1",
            },
        ),
    ),
    organisations={"o1": Record(Section.ORGANISATIONS, {"org_Name": "Umid", "org_Phone": "+99412"})},
)


def sheet_of(data: bytes) -> Worksheet:
    """Return the sheet with the cases."""
    return load_workbook(io.BytesIO(data))["Case Sheet"]


def written(case: HtcdsCase) -> dict[str, object]:
    """Return the cells of a case by the labels above them."""
    sheet = sheet_of(write_excel([case]))
    return {sheet.cell(2, column).value: sheet.cell(3, column).value for column in range(2, 40)}


def address(data: bytes, **cells: str) -> bytes:
    """Return a workbook with cells filled in by label."""
    book = load_workbook(io.BytesIO(data))
    sheet = book["Case Sheet"]
    labels = {sheet.cell(2, column).value: column for column in range(2, 40)}
    for label, cell in cells.items():
        sheet.cell(3, labels[label.replace("_", " ")]).value = cell
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_columns_are_the_templates_with_its_faults() -> None:
    sheet = sheet_of(write_excel([]))
    names = [sheet.cell(1, column).value for column in range(1, 40)]
    labels = [sheet.cell(2, column).value for column in range(1, 40)]
    assert sheet.row_dimensions[1].hidden
    assert names[0] is None
    assert names[1:6] == ["cas_CaseOwner", "prs_Salutation", "prs_FirstName", "prs_SecondName", "con_Consent"]
    assert names[19] == "vic_TraffickinStatusDecisionMakingOrg"
    assert (names[35], labels[35]) == (None, "Reason for Outgoing Referral")
    assert names[38] == "cas_ReasonForCaseClosure"
    assert list(zip(names, labels, strict=True))[13:18] == [
        ("prs_MailingCity", "Mailing Street"),
        ("prs_MailingCountry", "Mailing City"),
        ("prs_MailingState", "Mailing State/Province"),
        ("prs_MailingStreet", "Mailing Zip/Postal Code"),
        ("prs_MailingPostalCode", "Mailing Country"),
    ]


def test_cells_hold_what_the_templates_lists_have() -> None:
    cells = written(CASE)
    assert cells["Gender"] == "NonConforming"
    assert cells["Citizenship"] == "Iran (Islamic Republic of); Uzbekistan"
    assert cells["Methods of Control"] == "Debt bondage ; Takes earnings"
    assert cells["Forced Labour Industry"] == "Water supply; sewerage, waste management and remediation"
    assert cells["Status"] == "Follow up"
    assert cells["Reason for Outgoing Referral"] == "Migration Or Change Of Location"
    assert cells["Location of Exploitation"] == cells["Referred Organisation"] == "Umid"
    assert cells["Mobile Phone"] == "'+994501234567"
    assert cells["Outgoing Referral Date"] == dt.datetime(2026, 11, 26)  # noqa: DTZ001 - a day, as openpyxl reads it
    assert cells["Consent"] is True


def test_what_has_a_place_in_the_template_comes_back() -> None:
    (back,) = read_excel(write_excel([CASE]))
    assert back.victim.values == {**CASE.victim.values, "vic_LocationOfExploitation": "organisation-1"}
    assert back.person.values == {k: v for k, v in CASE.person.values.items() if k != "prs_PrimaryLanguage"}
    assert back.case == CASE.case
    assert back.consent == CASE.consent
    assert back.referrals[0].values == {**CASE.referrals[0].values, "cas_ReferredOrganisation": "organisation-1"}
    assert back.organisations["organisation-1"].values == {"org_Name": "Umid"}


def test_what_has_no_place_is_named_before_it_is_sent() -> None:
    assert left_out([released(CASE)], target=Target.EXCEL)[:2] == ("org_Phone", "prs_PrimaryLanguage")
    assert left_out([released(CASE)], target=Target.JSON) == ()


@settings(max_examples=15, deadline=None)
@given(texts(), texts())
def test_hostile_texts_are_text_and_come_back(name: str, details: str) -> None:
    case = consented(
        person=Record(Section.PERSON, {"prs_FirstName": name}),
        referrals=(Record(Section.REFERRALS, {"cas_IncomingReferralDetails": details}),),
    )
    data = write_excel([case])
    assert {sheet_of(data).cell(3, column).data_type for column in (4, 33)} == {"s"}
    (back,) = read_excel(data)
    assert (back.person, back.referrals) == (case.person, case.referrals)


def test_an_early_birthdate_is_kept_as_text() -> None:
    case = consented(person=Record(Section.PERSON, {"prs_Birthdate": "1899-12-31"}))
    assert written(case)["Birthdate"] == "1899-12-31"


def test_a_text_that_a_cell_would_cut_off_is_refused() -> None:
    case = consented(person=Record(Section.PERSON, {"prs_FirstName": "a" * 32_768}))
    with pytest.raises(ExportRefused, match="prs_FirstName"):
        export([released(case)], target=Target.EXCEL)


def test_an_address_is_not_guessed() -> None:
    data = address(write_excel([consented()]), Mailing_Street="Nizami 1", Mailing_City="Bakı", Mailing_Country="AZ")
    with pytest.raises(ImportRefused, match="by name or by label"):
        read_excel(data)
    (by_label,) = read_excel(data, address_by=AddressBy.LABEL)
    assert by_label.person.values == {
        "prs_MailingCity": "Bakı",
        "prs_MailingCountry": "AZ",
        "prs_MailingStreet": "Nizami 1",
    }


def test_an_address_of_ours_comes_back_by_name() -> None:
    case = consented(person=Record(Section.PERSON, {"prs_MailingCity": "Bakı", "prs_MailingCountry": "AZ"}))
    (back,) = read_excel(write_excel([case]), address_by=AddressBy.NAME)
    assert back.person == case.person


def test_faults_are_told_by_row() -> None:
    data = address(write_excel([consented(), consented()]), Gender="none", Birthdate="soon")
    with pytest.raises(ImportRefused) as caught:
        read_excel(data)
    assert [(fault.place, fault.field) for fault in caught.value.faults] == [
        ("row 3", "prs_Birthdate"),
        ("row 3", "prs_Gender"),
    ]


def test_a_number_that_was_meant_as_text_is_read() -> None:
    book = load_workbook(io.BytesIO(write_excel([consented()])))
    book["Case Sheet"].cell(3, 13).value = 994501234567.0
    target = io.BytesIO()
    book.save(target)
    assert read_excel(target.getvalue())[0].person.text("prs_MobilePhone") == "994501234567"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_not_a_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused, match="not an Excel workbook"):
        read_excel(data)


def test_a_workbook_without_names_is_refused() -> None:
    book, target = Workbook(), io.BytesIO()
    book.active.append(["first row"])
    book.save(target)
    with pytest.raises(ImportRefused, match="two rows of names"):
        read_excel(target.getvalue())
