"""From a case of ours to one of the standard: what is told is kept, what is not known stays empty."""

import datetime as dt
from typing import Any

import pytest

from referral.enums import ReferralStatus
from referral.htcds import AssessmentRefused, CaseFacts, HtcdsCase, HtcdsError, OutgoingReferral, case_of
from referral.htcds.json_file import read_json, write_json

OPENED = dt.date(2026, 11, 24)
CHOICES = {
    "topic": "trafficking",
    "age": "18_24",
    "language": "fa",
    "gender": "woman",
    "contact": "push",
    "safe_time": "morning",
}


def facts(**changed: Any) -> CaseFacts:
    """Return what is known of a case."""
    known: dict[str, Any] = {
        "case_id": "c0ffee",
        "opened_day": OPENED,
        "status": ReferralStatus.IN_PROGRESS,
        "choices": CHOICES,
        "consent_given": True,
    }
    return CaseFacts(**known | changed)


def mapped(**changed: Any) -> HtcdsCase:
    """Return a case of the standard."""
    return case_of(facts(**changed))


def chosen(**choices: str) -> HtcdsCase:
    """Return a case with other choices."""
    return mapped(choices=CHOICES | choices)


def sent(number: int, **changed: Any) -> OutgoingReferral:
    """Return a referral to another organisation."""
    known: dict[str, Any] = {"organisation_id": f"o{number}", "organisation": {"org_Name": f"Umid {number}"}}
    return OutgoingReferral(day=OPENED, **known | changed)


def test_what_the_person_chose_is_kept() -> None:
    case = mapped(name_to_call="Nur", safe_time_words="after the prayer")
    assert case.person.values == {
        "prs_FirstName": "Nur",
        "prs_PrimaryLanguage": "fas",
        "x_AgeBand": "From18To24",
        "x_SafeTime": "Morning8To12",
        "x_SafeTimeWords": "after the prayer",
    }
    assert case.consent.values == {"con_Consent": True}
    assert case.case.values == {"cas_Status": "Active", "x_Topic": "Trafficking"}


@pytest.mark.parametrize("gender", ["woman", "man", "any"])
def test_the_wished_caseworkers_gender_is_never_the_persons(gender: str) -> None:
    case = chosen(gender=gender)
    assert case.person.get("prs_Gender") is None
    assert b"minine" not in write_json([case])


@pytest.mark.parametrize("topic", ["work", "stay", "health", "violence", "discrimination", "other"])
def test_the_bot_says_possible_only_if_that_is_the_topic(topic: str) -> None:
    assert chosen(topic="trafficking").victim.values == {"vic_TraffickingStatus": "PossibleVictimOfTrafficking"}
    assert not chosen(topic=topic).victim


def test_staffs_decision_goes_over_the_bots_word() -> None:
    decided = {"vic_TraffickingStatus": "NotAVictimOfTrafficking", "vic_TraffickingStatusDecisionMakingOrg": "NGO"}
    assert mapped(assessment=decided).victim.values == decided


def test_who_comes_back_by_themselves_is_never_contacted_first() -> None:
    assert chosen(contact="pull", safe_time="morning").person.text("x_SafeTime") == "NeverFirst"


def test_what_was_told_stands_word_for_word() -> None:
    case = mapped(narratives=("=they took it\r\nall", " ", "more \x00"), place="near the bazaar")
    assert [record.text("cco_CaseComment") for record in case.comments] == [
        "=they took it\nall",
        "more \ufffd",
        "Where, roughly: near the bazaar",
    ]


def test_skipped_choices_stay_empty() -> None:
    case = mapped(choices={"topic": "work"})
    assert not case.person
    assert chosen(age="skipped", language="skipped", safe_time="skipped").person.values == {}


def test_a_language_without_a_code_is_not_passed_over() -> None:
    with pytest.raises(HtcdsError, match="ISO 639-2"):
        chosen(language="xx")


@pytest.mark.parametrize(
    ("status", "outgoing", "word"),
    [
        (ReferralStatus.NEW, (), "Active"),
        (ReferralStatus.ACCEPTED, (sent(1),), "Active"),
        (ReferralStatus.DONE, (), "Closed"),
        (ReferralStatus.DONE, (sent(1),), "ClosedReferred"),
        (ReferralStatus.REJECTED, (), "Closed"),
        (ReferralStatus.REVOKED, (sent(1),), "Closed"),
    ],
)
def test_the_status_is_told_in_the_standards_words(
    status: ReferralStatus, outgoing: tuple[OutgoingReferral, ...], word: str
) -> None:
    case = mapped(status=status, outgoing=outgoing, closure_reason="done").case
    assert case.text("cas_Status") == word
    assert case.text("cas_ReasonForCaseClosure") == ("" if word == "Active" else "done")


def test_every_status_has_a_word() -> None:
    for status in ReferralStatus:
        assert mapped(status=status).case.text("cas_Status")


def test_referrals_out_stand_with_their_organisations() -> None:
    case = mapped(
        outgoing=(sent(1, details="a bed", caseworker="Aysel"), sent(2)),
        assessment={"cas_ReferringOrganisation": "Clinic", "vic_LocationOfExploitation": {"org_Name": "a farm"}},
    )
    first, second = case.referrals
    assert first.values == {
        "cas_ReferringOrganisation": "of-cas_ReferringOrganisation",
        "cas_IncomingReferralDate": OPENED,
        "cas_ReferredOrganisation": "o1",
        "cas_ReferredPrimaryCaseWorker": "Aysel",
        "cas_ReasonForOutgoingReferral": "AdditionalServicesRequired",
        "cas_OutgoingReferralDate": OPENED,
        "cas_OutgoingReferralDetails": "a bed",
    }
    assert second.text("cas_ReferredOrganisation") == "o2"
    assert second.get("cas_IncomingReferralDate") is None
    assert case.organisations["of-vic_LocationOfExploitation"].text("org_Name") == "a farm"
    assert read_json(write_json([case])) == (case,)


def test_an_assessment_that_does_not_fit_is_refused() -> None:
    with pytest.raises(AssessmentRefused):
        mapped(assessment={"prs_Birthdate": "1990-01-01"})


def test_facts_do_not_show_when_they_are_printed() -> None:
    assert "Nur" not in repr(facts(name_to_call="Nur", outgoing=(sent(1),)))
