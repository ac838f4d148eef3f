"""What staff may fill in, and how a fault is told."""

import json

import pytest

from referral.htcds import AssessmentRefused, check_assessment, staff_fields

NAMES = {field.name for field in staff_fields()}


def test_staff_fill_in_what_needs_a_persons_judgement() -> None:
    assert {"vic_TraffickingStatus", "vic_MethodsOfControl", "per_RoleInProcess", "prs_Gender", "spl_Type"} <= NAMES
    assert {"cas_Status", "cas_ReferringOrganisation", "prs_Citizenship", "x_RestrictsMovement"} <= NAMES


def test_staff_do_not_fill_in_what_is_not_collected_or_not_theirs() -> None:
    assert NAMES & {"prs_Birthdate", "prs_SecondName", "prs_MailingStreet", "prs_IdentityNumber"} == set()
    assert NAMES & {"con_Consent", "x_LegalBasis", "cas_ReferredOrganisation", "cco_CaseComment"} == set()


def test_an_assessment_is_plain_json_in_one_right_form() -> None:
    found = check_assessment(
        {
            "vic_MethodsOfControl": ["Other", "DebtBondage ", "Other"],
            "vic_TraffickingStatus": "Possible victim of trafficking",
            "prs_Citizenship": "UZ;AZ",
            "prs_Gender": "",
            "prs_NumberOfChildren": "2",
            "spl_PlannedEndDate": "2026-12-31",
            "x_RestrictsMovement": "on",
            "vic_LocationOfExploitation": {"org_Name": "a farm", "org_ShippingCountry": "az".upper()},
            "cas_ReferringOrganisation": "Umid",
            "vic_LocationOfRecruitment": "  ",
        }
    )
    assert found == {
        "prs_NumberOfChildren": 2,
        "prs_Citizenship": ["AZ", "UZ"],
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_MethodsOfControl": ["DebtBondage", "Other"],
        "vic_LocationOfExploitation": {"org_Name": "a farm", "org_ShippingCountry": "AZ"},
        "x_RestrictsMovement": True,
        "cas_ReferringOrganisation": {"org_Name": "Umid"},
        "spl_PlannedEndDate": "2026-12-31",
    }
    assert check_assessment(json.loads(json.dumps(found))) == found


@pytest.mark.parametrize("given", [{"x_RestrictsMovement": True}, {"vic_MethodsOfControl": "RestrictsMovement"}])
def test_what_has_no_code_is_other_too(given: dict[str, object]) -> None:
    assert check_assessment(given) == {"vic_MethodsOfControl": ["Other"], "x_RestrictsMovement": True}


@pytest.mark.parametrize("status", ["ActualVictimOfTrafficking", "NotAVictimOfTrafficking"])
def test_a_decision_about_the_status_needs_who_decided(status: str) -> None:
    with pytest.raises(AssessmentRefused, match="who decided"):
        check_assessment({"vic_TraffickingStatus": status})
    decided = {"vic_TraffickingStatus": status, "vic_TraffickingStatusDecisionMakingOrg": "Police"}
    assert check_assessment(decided) == decided


def test_every_fault_is_told_with_what_to_do_and_without_the_value() -> None:
    with pytest.raises(AssessmentRefused) as caught:
        check_assessment(
            {
                "prs_Birthdate": "1990-01-01",
                "vic_TypeOfExploitation": "Leyla",
                "prs_name": "x",
                "cas_CaseOwner": "x",
                "vic_LocationOfExploitation": {"org_Phone": "050"},
                "cas_ReferringOrganisation": {"org_Type": "NGO"},
            }
        )
    told = str(caught.value)
    assert "prs_Birthdate: this field is not for staff to fill in. It identifies." in told
    assert "vic_TypeOfExploitation: this is not a code of this field. Use one of: ForcedLabour" in told
    assert "is not a field" in told
    assert "cas_CaseOwner" in told
    assert "vic_LocationOfExploitation: org_Phone" in told
    assert "Give it one (org_Name)" in told
    assert len(caught.value.faults) == 6
    assert "Leyla" not in told
