"""Answers to the standard's survey form, in the form's own spelling."""

import csv
import io
from xml.etree import ElementTree

from referral.htcds import Record, Section, Target, export, left_out, read_csv
from tests.referral.htcds.strategies import consented, released

CASE = consented(
    person=Record(Section.PERSON, {"prs_FirstName": "Nur", "prs_Citizenship": ["UZ", "IR"]}),
    victim=Record(
        Section.VICTIM,
        {
            "vic_MethodsOfControl": ["DebtBondage", "TakesEarnings"],
            "vic_TraffickingStatusDecisionMakingOrg": "NGO",
            "vic_LocationOfExploitation": "o1",
        },
    ),
    referrals=(
        Record(
            Section.REFERRALS,
            {"cas_ReasonForIncomingReferral": "AdditionalServicesRequired", "cas_ReferredOrganisation": "o1"},
        ),
        Record(Section.REFERRALS, {"cas_IncomingReferralDetails": "a second one"}),
    ),
    organisations={"o1": Record(Section.ORGANISATIONS, {"org_Name": "Umid"})},
)
FILES = export([released(CASE)], target=Target.KOBO)
ANSWERS = {
    "con_Consent": "TRUE",
    "prs_First_Name": "Nur",
    "prs_Citizenship": "IR",
    "vic_Methods_of_Control": "DebtBondage TakesEarnings",
    "vic_TraffickingStatusDecisionMakingOrg": "NGO",
    "vic_LocationOfExploitation": "Umid",
    "cas_ReasonForIncomingReferral": "Additional Services Required",
}


def test_the_csv_has_the_forms_questions_in_its_order() -> None:
    rows = list(csv.reader(io.StringIO(FILES["htcds_xlsform.csv"].decode("utf-8-sig"), newline="")))
    assert len(rows[0]) == 31
    assert rows[0][:4] == ["con_Consent", "prs_Salutation", "prs_First_Name", "prs_Second_Name"]
    assert rows[0][-1] == "cas_IncomingReferralDetails"
    assert {name: cell for name, cell in zip(*rows, strict=True) if cell} == ANSWERS


def test_the_answer_in_xml_is_one_of_the_form() -> None:
    root = ElementTree.fromstring(FILES["case-1.xml"])  # noqa: S314 - we wrote it
    assert (root.tag, root.attrib) == ("data", {"id": "htcds_xlsform", "version": "vSmt4GQA3C9uBMLPEVfgND"})
    assert {node.tag: node.text for node in root[:-2] if node.text} == ANSWERS
    assert root[-2].text == "vSmt4GQA3C9uBMLPEVfgND"
    assert (root[-1][0].text or "").startswith("uuid:")
    assert export([released(CASE)], target=Target.KOBO)["case-1.xml"] == FILES["case-1.xml"]


def test_what_has_no_place_is_named() -> None:
    assert left_out([released(CASE)], target=Target.KOBO) == (
        "cas_IncomingReferralDetails",
        "cas_ReferredOrganisation",
        "prs_Citizenship",
        "x_ConsentExpires",
        "x_ConsentGiven",
        "x_ConsentPurpose",
        "x_ConsentRecipient",
    )


def test_the_csv_comes_back_under_the_standards_names() -> None:
    (back,) = read_csv(FILES["htcds_xlsform.csv"])
    assert back.person.values == {"prs_FirstName": "Nur", "prs_Citizenship": ("IR",)}
    assert back.victim.values == {**CASE.victim.values, "vic_LocationOfExploitation": "organisation-1"}
    assert back.referrals[0].text("cas_ReasonForIncomingReferral") == "AdditionalServicesRequired"
    assert back.consent.get("con_Consent") is True
