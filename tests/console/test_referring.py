"""Referring in the console: offered only with consent, seen by the others only as agreed, answered and taken back."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import session_scope
from referral.ceremony import NewOrganisation
from referral.enums import SharingKind, SharingStatus, StaffRole
from referral.models import CaseKey, CaseRecord, CaseReferral
from referral.recipients import ITEMS, Recipient
from referral.service.asking import ask_consent
from tests.console.conftest import agree, fill, hidden, of, refer, send, signed_in, token
from tests.referral.conftest import World

Told = Callable[..., UUID]
SHELTER = Recipient(provider="clean_world")


@pytest.fixture
def case(world: World, told: Told) -> UUID:
    """A case that leyla has taken."""
    made = told(words={"code_word": "sunflower"})
    world.take(made)
    return made


def sharing(world: World) -> CaseReferral:
    """Return the one referral there is."""
    with session_scope(world.engine) as session:
        return session.scalars(select(CaseReferral)).one()


def test_nothing_is_offered_without_consent(client: FlaskClient, case: UUID) -> None:
    page = client.get(f"/case/{case}/refer").text
    assert "Nobody may receive this case yet. Ask the person first." in page
    assert 'name="kind"' not in page
    assert f"/case/{case}/ask" in page


def test_a_question_that_waits_is_what_is_lacking(client: FlaskClient, world: World, case: UUID) -> None:
    who = world.signed_in()
    with session_scope(world.console) as session:
        ask_consent(
            session,
            signed_in=who,
            case_id=case,
            recipient=SHELTER,
            recipient_name="A shelter",
            purpose="support",
            shared=["narrative"],
            relay_public_key=world.public.relay_public_key,
        )
    page = client.get(f"/case/{case}/refer").text
    assert "Təmiz Dünya (Clean World)</strong>: There is no valid consent" in page


def test_a_referral_opens_the_case_to_the_others_as_agreed(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner), "narrative")
    url = f"/case/{case}/refer"
    text = fill(client, url, url, recipient=str(of(partner)), kind="referral", text="please find her a lawyer")
    assert "The case is referred to Partner. They can read what was agreed to, from now on." in text
    other = signed_in(app, "nigar")
    queue = other.get("/queue?tab=shared").text
    assert "waits for your answer" in queue
    assert "Work and pay" not in queue  # the topic was not agreed to
    page = other.get(f"/case/{case}").text
    assert "Referral from Org" in page
    assert "please find her a lawyer" in page
    assert "they keep my passport" in page
    for secret in ("sunflower", "near the port", "25–59"):
        assert secret not in page
    assert "Withheld from you" in page


def test_somebody_without_consent_cannot_be_chosen_by_hand(
    client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/refer"
    answer = send(client, url, url, recipient=str(of(partner)), kind="referral", text="")
    assert (answer.status_code, "Nothing was done" in answer.text) == (409, True)
    assert world.count(CaseReferral) == 0


def test_a_referral_is_refused_when_the_consent_was_taken_back_meanwhile(
    client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    from referral.models import ConsentRecord

    agree(world, case, of(partner))
    url = f"/case/{case}/refer"
    old, csrf = hidden(client.get(url).text, url), token(client, url)
    with session_scope(world.engine) as session:
        for row in session.scalars(select(ConsentRecord).where(ConsentRecord.staff_id.is_not(None))):
            row.withdrawn_day = row.given_day
    data = {"csrf_token": csrf, **old, "recipient": str(of(partner)), "kind": "referral"}
    assert client.post(url, data=data).status_code == 409
    assert world.count(CaseReferral) == 0


def test_two_colleagues_do_not_refer_the_same_case_twice(
    client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner))
    agree(world, case, SHELTER)
    url = f"/case/{case}/refer"
    old, csrf = hidden(client.get(url).text, url), token(client, url)
    refer(world, case, of(partner))
    data = {"csrf_token": csrf, **old, "recipient": str(SHELTER), "kind": "referral"}
    late = client.post(url, data=data)
    assert (late.status_code, "something has come or was decided" in late.text) == (409, True)
    assert world.count(CaseReferral) == 1


def test_a_transfer_moves_the_case_when_it_is_accepted(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner), *ITEMS)
    url = f"/case/{case}/refer"
    assert "yours until they accept it" in fill(client, url, url, recipient=str(of(partner)), kind="transfer")
    other, row = signed_in(app, "nigar"), sharing(world)
    answer = f"/case/{case}/sharing/{row.id}/answer"
    text = fill(other, f"/case/{case}", answer, to="accepted", text="")
    assert "Accepted: the case is yours now." in text
    assert "Consent and sharing" in text
    assert client.get(f"/case/{case}").status_code == 404
    with session_scope(world.engine) as session:
        assert session.get_one(CaseRecord, case).organisation_id == partner.organisation_id


def test_a_transfer_needs_a_consent_that_withholds_nothing(
    client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner), "narrative")
    url = f"/case/{case}/refer"
    answer = send(client, url, url, recipient=str(of(partner)), kind="transfer")
    assert (answer.status_code, "moves the whole case" in answer.text) == (409, True)
    assert world.count(CaseReferral) == 0


def test_a_case_is_not_transferred_to_a_provider_outside(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER, *ITEMS)
    url = f"/case/{case}/refer"
    answer = send(client, url, url, recipient=str(SHELTER), kind="transfer")
    assert (answer.status_code, "only to an organisation that works in this system" in answer.text) == (409, True)


def test_accept_then_reply_then_finish(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner), "narrative", "contact")
    row_id = refer(world, case, of(partner))
    other, answer = signed_in(app, "nigar"), f"/case/{case}/sharing/{row_id}/answer"
    early = send(other, f"/case/{case}", f"/case/{case}/reply", text="hello")
    assert (early.status_code, "accept the case first" in early.text) == (409, True)
    assert "Accepted. The case stays" in fill(other, f"/case/{case}", answer, to="accepted", text="")
    assert "hello from Partner" in fill(other, f"/case/{case}", f"/case/{case}/reply", text="hello from Partner")
    assert "hello from Partner" in client.get(f"/case/{case}").text
    text = fill(other, f"/case/{case}", answer, to="done", text="she has a lawyer now")
    assert "You cannot open this case any more." in text
    assert other.get(f"/case/{case}").status_code == 404
    assert "she has a lawyer now" in client.get(f"/case/{case}").text
    with session_scope(world.engine) as session:
        assert session.get(CaseKey, (case, partner.organisation_id)) is None


def test_a_rejection_needs_a_reason(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner))
    other, answer = signed_in(app, "nigar"), f"/case/{case}/sharing/{refer(world, case, of(partner))}/answer"
    refused = send(other, f"/case/{case}", answer, to="rejected", text=" ")
    assert (refused.status_code, "a rejection needs a reason" in refused.text) == (409, True)
    fill(other, f"/case/{case}", answer, to="rejected", text="we have no lawyer")
    page = client.get(f"/case/{case}").text
    assert "we have no lawyer" in page
    assert sharing(world).status is SharingStatus.REJECTED


def test_an_answer_to_what_was_answered_already_is_refused(
    app: Flask, world: World, case: UUID, partner: NewOrganisation
) -> None:
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    agree(world, case, of(partner))
    answer = f"/case/{case}/sharing/{refer(world, case, of(partner))}/answer"
    first, second = signed_in(app, "nigar"), signed_in(app, "rauf")
    old, csrf = hidden(second.get(f"/case/{case}").text, answer), token(second, f"/case/{case}")
    fill(first, f"/case/{case}", answer, to="accepted", text="")
    late = second.post(answer, data={"csrf_token": csrf, **old, "to": "rejected", "text": "no"})
    assert (late.status_code, "somebody else has changed this case" in late.text) == (409, True)
    assert sharing(world).status is SharingStatus.ACCEPTED


def test_a_caseworker_of_the_others_does_not_answer(
    app: Flask, world: World, case: UUID, partner: NewOrganisation
) -> None:
    world.hire("aysel", StaffRole.CASEWORKER, partner)
    agree(world, case, of(partner))
    answer = f"/case/{case}/sharing/{refer(world, case, of(partner))}/answer"
    browser = signed_in(app, "aysel")
    data = {"csrf_token": token(browser, "/queue"), "to": "accepted", "seen": "in_progress"}
    assert browser.post(answer, data=data).status_code == 403
    assert sharing(world).status is SharingStatus.IN_PROGRESS


def test_what_only_the_owner_may_do_is_neither_shown_nor_done(
    app: Flask, world: World, case: UUID, partner: NewOrganisation
) -> None:
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    agree(world, case, of(partner), "narrative", "contact")
    row_id = refer(world, case, of(partner))
    other = signed_in(app, "rauf")
    fill(other, f"/case/{case}", f"/case/{case}/sharing/{row_id}/answer", to="accepted", text="")
    page = other.get(f"/case/{case}").text
    for title in ("Ask for consent", "Refer or transfer", "State of the case", "Who did what", "Give the case"):
        assert title not in page
    csrf = token(other, f"/case/{case}")
    for deed in ("ask", "voice", "override", "refer", "status", "assign", "restrict"):
        answer = other.post(f"/case/{case}/{deed}", data={"csrf_token": csrf, "seen": "x"})
        assert answer.status_code in {404, 409}, deed
    assert other.get(f"/case/{case}/log").status_code == 404
    assert other.post(f"/case/{case}/sharing/{row_id}/revoke", data={"csrf_token": csrf}).status_code in {404, 409}
    assert sharing(world).status is SharingStatus.ACCEPTED


def test_a_referral_is_taken_back(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, of(partner))
    revoke = f"/case/{case}/sharing/{refer(world, case, of(partner))}/revoke"
    assert "The referral is taken back" in fill(client, f"/case/{case}", revoke)
    assert signed_in(app, "nigar").get(f"/case/{case}").status_code == 404
    late = client.post(revoke, data={"csrf_token": token(client, f"/case/{case}"), "seen": "in_progress"})
    assert late.status_code == 409


def test_a_providers_answer_is_noted(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/refer"
    text = fill(client, url, url, recipient=str(SHELTER), kind="referral", text="two places tonight")
    assert "Pass on what was agreed to yourself: they have no access." in text
    note = f"/case/{case}/sharing/{sharing(world).id}/note-answer"
    assert send(client, f"/case/{case}", note, to="done", text="").status_code == 409  # not accepted yet
    text = fill(client, f"/case/{case}", note, to="accepted", text="she can come at six")
    assert "The answer is noted: accepted." in text
    assert "she can come at six" in text


def test_a_decision_without_consent_is_said_to_the_others(
    app: Flask, client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    world.hire("vusal", StaffRole.SUPERVISOR)
    supervisor, url = signed_in(app, "vusal"), f"/case/{case}/override"
    fields = {"recipient": str(of(partner)), "purpose": "support", "basis": "court_order", "text": "order 12"}
    fill(supervisor, url, url, **fields, sure="y")
    refer(world, case, of(partner), SharingKind.REFERRAL)
    page = signed_in(app, "nigar").get(f"/case/{case}").text
    assert "Shared by a decision without consent." in page
    assert "order 12" not in page
