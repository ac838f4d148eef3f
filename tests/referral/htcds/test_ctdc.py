"""A row as CTDC has it: flags and bands, nothing that anybody wrote."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from referral.htcds import ExportRefused, HtcdsCase, Record, Section, to_ctdc
from tests.referral.htcds.strategies import cases

COLUMNS = 46  # of 63; NO_SOURCE has the others


def row(victim: dict[str, Any] | None = None, person: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """Return the row of a case."""
    status = {"vic_TraffickingStatus": "PossibleVictimOfTrafficking"}
    came = Record(Section.REFERRALS, {"cas_IncomingReferralDate": dt.date(2026, 3, 1)})
    return to_ctdc(
        HtcdsCase(
            "a",
            person=Record(Section.PERSON, person or {}),
            victim=Record(Section.VICTIM, status | (victim or {})),
            referrals=(came,),
            **parts,
        )
    )


@pytest.mark.parametrize("values", [{}, {"vic_TraffickingStatus": "NotAVictimOfTrafficking"}])
def test_a_case_that_is_not_about_trafficking_has_no_row(values: dict[str, object]) -> None:
    with pytest.raises(ExportRefused):
        to_ctdc(HtcdsCase("a", victim=Record(Section.VICTIM, values)))


def test_what_is_not_known_is_none_and_not_nought() -> None:
    found = row()
    assert {name for name, value in found.items() if value is not None} == {
        "yearOfRegistration",
        "meansOfControlNotSpecified",
    }
    assert found["yearOfRegistration"] == 2026


def test_means_of_control_are_taken_by_name_or_by_ctdcs_name() -> None:
    codes = ["PhysicalThreats", "ThreatsLawEnforcement", "PsychoactiveSubstance", "DebtBondage"]
    found = row({"vic_MethodsOfControl": codes})
    ones = {name for name, value in found.items() if name.startswith("meansOfControl") and value == 1}
    assert ones == {
        "meansOfControlThreats",
        "meansOfControlThreatOfLawEnforcement",
        "meansOfControlPsychoactiveSubstances",
        "meansOfControlDebtBondage",
    }
    assert found["meansOfControlTakesEarnings"] == 0
    assert found["meansOfControlOther"] == 0
    assert found["meansOfControlNotSpecified"] == 0
    assert found["meansOfControlRestrictsMovement"] is None


def test_other_says_nothing_when_it_stands_for_a_means_without_a_code() -> None:
    found = row({"vic_MethodsOfControl": ["Other"], "x_RestrictsMovement": True})
    assert found["meansOfControlRestrictsMovement"] == 1
    assert found["meansOfControlOther"] is None


def test_exploitation_and_work() -> None:
    found = row(
        {
            "vic_TypeOfExploitation": ["ForcedLabour", "SexualExploitation", "Servitude", "ForcedBegging"],
            "vic_ForcedLabourIndustry": "F_Construction",
            "vic_TypeOfSexExploitation": ["Prostitution"],
        }
    )
    ones = {name for name, value in found.items() if value == 1}
    assert ones == {
        "isForcedLabour",
        "isSexualExploit",
        "isSexAndLabour",
        "isSlaveryAndPractices",
        "isOtherExploit",
        "typeOfLabourConstruction",
        "typeOfSexProstitution",
        "meansOfControlNotSpecified",
    }
    assert row({"vic_TypeOfExploitation": ["ForcedLabour"]})["typeOfLabourNotSpecified"] == 1
    assert row({"vic_ForcedLabourIndustry": "P_Education"})["typeOfLabourOther"] == 1


@pytest.mark.parametrize(
    ("person", "broad", "majority"),
    [
        ({"prs_Birthdate": dt.date(2008, 3, 2)}, "9--17", "Minor"),
        ({"prs_Birthdate": dt.date(2008, 3, 1)}, "18--20", "Adult"),
        ({"prs_Birthdate": dt.date(1900, 1, 1)}, "48+", "Adult"),
        ({"x_AgeBand": "Under18"}, None, "Minor"),
        ({"x_AgeBand": "From18To24"}, None, "Adult"),
        ({"x_AgeBand": "From60"}, "48+", "Adult"),
    ],
)
def test_age_is_told_as_far_as_the_bands_fit(person: dict[str, Any], broad: str | None, majority: str) -> None:
    found = row(person=person)
    assert (found["ageBroad"], found["majorityStatus"]) == (broad, majority)


def test_who_would_stand_out_is_left_out() -> None:
    assert row(person={"prs_Gender": "Feminine"})["gender"] == "Female"
    assert row(person={"prs_Gender": "TransgenderFeminine"})["gender"] is None
    assert row(person={"prs_Citizenship": ["UZ"]})["citizenship"] == "UZ"
    assert row(person={"prs_Citizenship": ["UZ", "IR"]})["citizenship"] is None


def test_the_country_is_that_of_the_place() -> None:
    farm = Record(Section.ORGANISATIONS, {"org_Name": "a farm", "org_ShippingCountry": "AZ"})
    found = row({"vic_LocationOfExploitation": "farm"}, organisations={"farm": farm})
    assert found["CountryOfExploitation"] == "AZ"


@settings(max_examples=30, deadline=None)
@given(cases())
def test_a_row_holds_nothing_that_anybody_wrote(case: HtcdsCase) -> None:
    victim = Record(Section.VICTIM, {**case.victim.values, "vic_TraffickingStatus": "ActualVictimOfTrafficking"})
    found = to_ctdc(HtcdsCase(**{**vars(case), "victim": victim}))
    words = {"Female", "Male", "Minor", "Adult"}
    assert len(found) == COLUMNS
    assert all(
        value is None or isinstance(value, int) or value in words or len(value) == 2 or value[-1] in "+0123456789"
        for value in found.values()
    )
