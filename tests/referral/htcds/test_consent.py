"""The gate: what goes out, to whom, until when; and that nothing goes past it."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.enums import StaffRole
from referral.errors import NoConsent
from referral.htcds import (
    ALL_ITEMS,
    ExportRefused,
    HtcdsCase,
    HtcdsError,
    Override,
    Record,
    Released,
    Section,
    Target,
    collected,
    export,
    export_case,
    release,
)
from tests.referral.htcds.strategies import RECIPIENT, TODAY, cases, consented, released, terms

DAY = dt.timedelta(days=1)
CASE = consented(
    person=Record(Section.PERSON, {"prs_FirstName": "Nur", "prs_MobilePhone": "+994501234567", "x_AgeBand": "Under18"}),
    victim=Record(Section.VICTIM, {"vic_LocationOfExploitation": "farm"}),
    referrals=(Record(Section.REFERRALS, {"cas_ReferredOrganisation": "shelter"}),),
    comments=(Record(Section.COMMENTS, {"cco_CaseComment": "told"}),),
    organisations={
        "farm": Record(Section.ORGANISATIONS, {"org_Name": "the farm of a cousin"}),
        "shelter": Record(Section.ORGANISATIONS, {"org_Name": "Umid"}),
    },
)


def override(**changed: Any) -> Override:
    """Return a supervisor's decision."""
    fitting: dict[str, Any] = {
        "role": StaffRole.SUPERVISOR,
        "legal_basis": "order of a court, article 1 of a law",
        "staff_id": "leyla",
        "shared": frozenset({"name"}),
    }
    return Override(**fitting | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"recipient": "another"},
        {"recipient": RECIPIENT.upper()},
        {"purpose": " "},
        {"expires_day": TODAY - DAY},
        {"given_day": TODAY + DAY},
        {"withdrawn_day": TODAY},
        {"withdrawn_day": TODAY + DAY},
    ],
)
def test_a_consent_that_does_not_fit_lets_nothing_out(changed: dict[str, object]) -> None:
    with pytest.raises(NoConsent):
        release(CASE, recipient=RECIPIENT, consent=terms(**changed), today=TODAY)
    with pytest.raises(NoConsent):
        export_case(CASE, target=Target.JSON, recipient=RECIPIENT, consent=terms(**changed), today=TODAY)


@pytest.mark.parametrize("values", [{}, {"con_Consent": False}])
def test_a_case_without_the_tick_is_not_let_out(values: dict[str, object]) -> None:
    case = HtcdsCase("case-1", consent=Record(Section.CONSENT, values))
    with pytest.raises(NoConsent, match="has not agreed"):
        released(case)


def test_an_empty_recipient_matches_nobody() -> None:
    with pytest.raises(NoConsent):
        release(CASE, recipient="", consent=terms(recipient=""), today=TODAY)


def test_the_last_day_of_a_consent_counts() -> None:
    assert released(CASE, expires_day=TODAY, given_day=TODAY).case.person == CASE.person


def test_what_is_withheld_stays_out_whatever_is_shared() -> None:
    case = released(CASE, withheld=frozenset({"contact", "x_AgeBand"})).case
    assert case.person.values == {"prs_FirstName": "Nur"}


def test_what_is_not_shared_stays_out() -> None:
    case = released(CASE, shared=frozenset({"prs_FirstName", "story"})).case
    assert case.person.values == {"prs_FirstName": "Nur"}
    assert case.comments == CASE.comments
    assert not case.victim
    assert case.referrals == ()


def test_an_organisation_that_only_a_withheld_field_names_stays_out() -> None:
    data = export([released(CASE, withheld=frozenset({"exploitation"}))], target=Target.JSON)["cases.json"]
    assert b"Umid" in data
    assert b"cousin" not in data
    assert b"farm" not in data


@settings(max_examples=30, deadline=None)
@given(cases(), st.sets(st.sampled_from(sorted(ALL_ITEMS))), st.sets(st.sampled_from(sorted(ALL_ITEMS))))
def test_nothing_but_what_is_shared_and_not_withheld_goes_out(
    case: HtcdsCase, shared: set[str], held: set[str]
) -> None:
    agreed = HtcdsCase(**{**vars(case), "consent": Record(Section.CONSENT, {"con_Consent": True})})
    out = released(agreed, shared=frozenset(shared), withheld=frozenset(held)).case
    items = {
        collected()[name].item for section, record in out.records() for name in record.values if section in IN_CASE
    }
    assert items <= (shared - held) | {"consent"}


IN_CASE = frozenset(Section) - {Section.ORGANISATIONS}


def test_an_item_that_nobody_knows_is_refused() -> None:
    with pytest.raises(HtcdsError, match="not known"):
        released(CASE, withheld=frozenset({"phone"}))


def test_the_terms_go_with_the_case() -> None:
    consent = released(CASE, shared=frozenset()).case.consent
    assert consent.values == {
        "con_Consent": True,
        "x_ConsentRecipient": RECIPIENT,
        "x_ConsentPurpose": "a place to sleep",
        "x_ConsentGiven": TODAY,
        "x_ConsentExpires": TODAY,
    }


def test_a_supervisor_may_decide_and_it_is_written_into_the_case() -> None:
    refused = HtcdsCase(**{**vars(CASE), "consent": Record(Section.CONSENT, {})})
    out = release(refused, recipient="the court", consent=override(), today=TODAY).case
    assert out.person.values == {"prs_FirstName": "Nur"}
    assert out.consent.values == {"con_Consent": False, "x_LegalBasis": "order of a court, article 1 of a law"}


@pytest.mark.parametrize(
    "changed",
    [
        {"role": StaffRole.CASEWORKER},
        {"role": StaffRole.INTAKE},
        {"role": StaffRole.EDITOR},
        {"legal_basis": "law"},
        {"legal_basis": " " * 20},
        {"staff_id": ""},
    ],
)
def test_a_decision_that_nobody_answers_for_lets_nothing_out(changed: dict[str, object]) -> None:
    with pytest.raises(NoConsent):
        release(CASE, recipient=RECIPIENT, consent=override(**changed), today=TODAY)


def test_nobody_can_pass_the_gate_by() -> None:
    with pytest.raises(NoConsent):
        Released(CASE, RECIPIENT, object())


def test_one_export_is_for_one_recipient() -> None:
    other = release(CASE, recipient="another", consent=terms(recipient="another"), today=TODAY)
    with pytest.raises(ExportRefused, match="several recipients"):
        export([released(CASE), other], target=Target.CSV)
    with pytest.raises(ExportRefused, match="twice"):
        export([released(CASE), released(CASE)], target=Target.CSV)


def test_nothing_of_a_case_shows_when_it_is_printed() -> None:
    shown = repr([CASE, CASE.person, released(CASE), override(legal_basis="because of Nur's debt")])
    assert "Nur" not in shown
    assert "cousin" not in shown
