"""The assessment: by the standard's fields, checked, and never over a colleague's."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import session_scope
from referral.ceremony import NewOrganisation
from referral.htcds import staff_fields
from referral.models import CaseField
from referral.service.exporting import assessment_of
from referral.service.notes import set_assessment
from tests.console.conftest import agree, fill, hidden, of, refer, send, signed_in, token
from tests.referral.conftest import World

Told = Callable[..., UUID]


@pytest.fixture
def case(world: World, told: Told) -> UUID:
    """A case that leyla has taken."""
    made = told()
    world.take(made)
    return made


def address(case: UUID) -> str:
    """Return where the assessment of a case is."""
    return f"/case/{case}/assessment"


def assess(browser: FlaskClient, case: UUID, **fields: str | list[str]) -> str:
    """Send an assessment as it was shown; return the page that follows."""
    return fill(browser, address(case), address(case), **fields)


def test_every_field_of_staff_is_in_the_form(client: FlaskClient, case: UUID) -> None:
    page = client.get(address(case)).text
    assert "Only trained staff decide" in page
    for field in staff_fields():
        assert f'name="{field.name}"' in page, field.name


def test_an_assessment_is_stored_and_shown_again(client: FlaskClient, world: World, case: UUID) -> None:
    assert "none yet" in client.get(f"/case/{case}").text
    text = assess(
        client,
        case,
        vic_MethodsOfControl=["Threats", "DebtBondage"],
        vic_LocationOfExploitation="a farm",
        x_RestrictsMovement="true",
        spl_Objectives="a safe\r\nplace",
        prs_NumberOfChildren="2",
        hte_Date="2026-05-01",
    )
    assert "The assessment is stored." in text
    assert "Assessment</a> · leyla · " in text
    stored = assessment_of(world.read(case))
    assert stored["vic_LocationOfExploitation"] == {"org_Name": "a farm"}
    assert (stored["prs_NumberOfChildren"], stored["spl_Objectives"]) == (2, "a safe\nplace")
    page = client.get(address(case)).text
    for shown in (
        'value="DebtBondage" checked',
        'value="a farm"',
        'value="true" selected',
        "a safe\nplace",
        'value="2"',
    ):
        assert shown in page, shown


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client: FlaskClient, world: World, case: UUID) -> None:
    fields = {"prs_NumberOfChildren": "many", "vic_TraffickingStatus": "ActualVictimOfTrafficking", "hte_City": "Gəncə"}
    answer = send(client, address(case), address(case), **fields)
    assert answer.status_code == 409
    assert 'id="prs_NumberOfChildren-fault">this is not a number of its kind.' in answer.text
    assert 'id="vic_TraffickingStatusDecisionMakingOrg-fault">a decision about the status' in answer.text
    assert 'value="Gəncə"' in answer.text
    assert 'value="many" aria-invalid="true"' in answer.text
    assert assessment_of(world.read(case)) == {}


def test_nothing_new_is_not_stored(client: FlaskClient, world: World, case: UUID) -> None:
    assert send(client, address(case), address(case)).status_code == 409
    assess(client, case, hte_City="Gəncə")
    assert send(client, address(case), address(case), hte_City="Gəncə").status_code == 409
    with session_scope(world.engine) as session:
        assert len(session.scalars(select(CaseField).where(CaseField.field == "assessment")).all()) == 1


def test_a_field_can_be_emptied_again(client: FlaskClient, world: World, case: UUID) -> None:
    assess(client, case, hte_City="Gəncə", hte_Country="AZ")
    assess(client, case, hte_Country="AZ")
    assert assessment_of(world.read(case)) == {"hte_Country": "AZ"}


def test_a_colleagues_assessment_is_not_written_over(app: Flask, client: FlaskClient, world: World, case: UUID) -> None:
    old, csrf = hidden(client.get(address(case)).text, address(case)), token(client, address(case))
    assess(signed_in(app, "samir"), case, hte_City="Şəki")
    late = client.post(address(case), data={"csrf_token": csrf, **old, "hte_City": "Gəncə"})
    assert (late.status_code, "somebody else has changed this case" in late.text) == (409, True)
    assert 'value="Gəncə"' in late.text
    assert "Stored meanwhile: <span" in late.text
    assert "Şəki" in late.text
    assert assessment_of(world.read(case)) == {"hte_City": "Şəki"}


def test_fields_that_are_not_for_staff_are_not_taken(client: FlaskClient, world: World, case: UUID) -> None:
    assess(client, case, hte_City="Gəncə", case_ID="x", cas_CaseNumber="y")
    assert assessment_of(world.read(case)) == {"hte_City": "Gəncə"}


def test_what_is_known_of_an_organisation_stays_with_its_name(client: FlaskClient, world: World, case: UUID) -> None:
    farm = {"org_Name": "a farm", "org_City": "Quba"}
    who = world.signed_in()
    with session_scope(world.console) as session:
        text = json.dumps({"vic_LocationOfExploitation": farm})
        set_assessment(session, signed_in=who, case_id=case, assessment=text)
    assess(client, case, vic_LocationOfExploitation="a farm", hte_City="Quba")
    assert assessment_of(world.read(case))["vic_LocationOfExploitation"] == farm
    assess(client, case, vic_LocationOfExploitation="another farm", hte_City="Quba")
    assert assessment_of(world.read(case))["vic_LocationOfExploitation"] == {"org_Name": "another farm"}


def test_another_organisation_reads_it_only_if_that_was_agreed(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    assess(client, case, hte_City="Gəncə")
    agree(world, case, of(partner), "narrative")
    row = refer(world, case, of(partner))
    other = signed_in(app, "nigar")
    page = other.get(address(case)).text
    assert "There is no assessment that you may see." in page
    assert "Gəncə" not in page
    fill(client, f"/case/{case}", f"/case/{case}/sharing/{row}/revoke")
    agree(world, case, of(partner), "narrative", "assessment")
    refer(world, case, of(partner))
    page = other.get(address(case)).text
    assert "Gəncə" in page
    assert 'name="hte_City"' not in page
    data = {"csrf_token": token(other, "/queue"), "seen": "1", "hte_City": "Bakı"}
    assert other.post(address(case), data=data).status_code == 404
    assert assessment_of(world.read(case)) == {"hte_City": "Gəncə"}


def test_what_was_filled_in_is_given_back_to_who_was_signed_out(app: Flask, client: FlaskClient, case: UUID) -> None:
    csrf = token(client, address(case))
    with client.session_transaction() as session:
        app.extensions["korpu"].sessions.close(session["id"])
    data = {"csrf_token": csrf, "seen": "0", "spl_Objectives": "a long plan"}
    answer = client.post(address(case), data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert "Objectives: a long plan" in answer.text
    elsewhere = client.post(address(case), data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert "a long plan" not in elsewhere.text
