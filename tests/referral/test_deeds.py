"""Every deed with its own process' rights: on PostgreSQL a right that is missing, or too narrow, fails here."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from referral import oncall, outbox, session_scope, status_for_code, status_for_route, withdraw
from referral.audit import verify
from referral.crypto import route_tag
from referral.enums import (
    ContactOutcome,
    HoldReason,
    LegalBasis,
    OutboxState,
    SharingKind,
    SharingStatus,
    StaffRole,
    Urgency,
)
from referral.errors import NoConsent
from referral.models import (
    CaseDeadline,
    CaseHold,
    CaseKey,
    CaseRecord,
    CaseReferral,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    OutboxRow,
    RouteRow,
    Staff,
    StaffAlert,
    StaffNotice,
    StaffRoute,
    Tombstone,
)
from referral.recipients import SUPPORT, Recipient
from referral.retention.purge import purge
from referral.retention.reminders import remind
from referral.service.asking import answer_consent, ask_consent, override_consent
from referral.service.assigning import assign, colleagues, restrict
from referral.service.common import today
from referral.service.deadlines import deadlines, hours_of, set_hours
from referral.service.glance import glance, hidden_cases
from referral.service.holds import lift_hold, place_hold
from referral.service.notes import add_contact_attempt, add_note, set_assessment
from referral.service.person import erase, link_chat, withdraw_sharing
from referral.service.sharing import Shared, note_provider_answer, revoke_sharing, share
from referral.service.summary import held
from tests.referral.conftest import World, code_of
from tests.referral.two import Two, two

__all__ = ["two"]

NOW = dt.datetime.now(tz=dt.UTC)
TAG, OTHER_TAG = bytes([1]) * 32, bytes([2]) * 32


def test_a_referred_case_is_read_and_answered_by_both(two: Two) -> None:
    assert two.reads("nigar") is None
    sharing = two.share()
    two.answer(sharing, SharingStatus.ACCEPTED)
    signed_in = two.world.signed_in("nigar")
    with session_scope(two.world.console) as session:
        add_note(session, signed_in=signed_in, case_id=two.case, text="we have a bed")
    two.world.reply(two.case, "from both of us", "nigar")
    assert [entry.case_id for entry in two.queue("nigar")] == [two.case]
    for login in ("leyla", "nigar"):
        opened = two.reads(login)
        assert opened is not None
        notes = [(value.author, value.text, value.verified) for value in opened.values if value.field == "note"]
        assert notes == [("nigar", "we have a bed", True)]
        assert [(m.author, m.verified, m.delivery) for m in opened.messages] == [("nigar", True, "waiting")]
        assert [(s.author, s.note, s.verified, s.status.value) for s in opened.sharings] == [
            ("leyla", "please help", True, "accepted")
        ]
        assert {(consent.recorded_by, consent.verified) for consent in opened.consents} == {
            (None, True),
            ("leyla", True),
        }


def test_what_is_finished_closes_to_the_partner_and_its_keys_go(two: Two) -> None:
    sharing = two.share()
    two.answer(sharing, SharingStatus.ACCEPTED)
    two.answer(sharing, SharingStatus.DONE)
    assert (two.reads("nigar"), two.queue("nigar")) == (None, [])
    assert two.keys() == {two.world.own.organisation_id}
    assert two.reads("leyla") is not None


@pytest.mark.parametrize("by_owner", [True, False])
def test_what_is_rejected_or_taken_back_closes_to_the_partner(two: Two, by_owner: bool) -> None:
    sharing = two.share()
    if by_owner:
        signed_in = two.world.signed_in()
        with session_scope(two.world.console) as session:
            revoke_sharing(session, signed_in=signed_in, sharing_id=sharing)
    else:
        two.answer(sharing, SharingStatus.REJECTED)
    assert two.reads("nigar") is None
    assert two.keys() == {two.world.own.organisation_id}


def test_a_transferred_case_is_the_partners_alone_and_old_authors_stay_genuine(two: Two) -> None:
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        add_contact_attempt(
            session, signed_in=signed_in, case_id=two.case, outcome=ContactOutcome.REACHED, channel="phone", note=""
        )
        set_assessment(session, signed_in=signed_in, case_id=two.case, assessment="{}")
    two.answer(two.share(SharingKind.TRANSFER), SharingStatus.ACCEPTED)
    assert two.reads("leyla") is None
    assert two.keys() == {two.partner.organisation_id}
    opened = two.reads("nigar")
    assert opened is not None
    written = {value.field: (value.author, value.verified) for value in opened.values if value.author}
    assert written == {"contact": ("leyla", True), "assessment": ("leyla", True)}
    assert opened.owner_login == "nigar"


def test_a_provider_outside_answers_through_the_caseworker(two: Two) -> None:
    sharing = two.share(recipient=Recipient(provider="shelter-1"))
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        note_provider_answer(
            session, signed_in=signed_in, sharing_id=sharing, to=SharingStatus.ACCEPTED, answer="a bed from Monday"
        )
    opened = two.reads("leyla")
    assert opened is not None
    assert [(s.answer, s.status.value) for s in opened.sharings] == [("a bed from Monday", "accepted")]


@pytest.mark.parametrize("yes", [True, False])
def test_a_question_for_consent_is_answered_by_the_person(two: Two, yes: bool) -> None:
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        request = ask_consent(
            session,
            signed_in=signed_in,
            case_id=two.case,
            recipient=two.recipient,
            recipient_name="Partner",
            purpose=SUPPORT,
            shared=["topic"],
            relay_public_key=two.world.public.relay_public_key,
        )
    given = two.yes()
    for proof, taken in ((code_of(2).tag, False), (code_of(1).tag, True), (code_of(1).tag, False)):
        with session_scope(two.world.bot) as session:
            assert taken is answer_consent(
                session, request_id=request, case_id=two.case, proof=proof, consent=given if yes else None
            )
    opened = two.reads("leyla")
    assert opened is not None
    assert [(r.answer is not None and r.answer.value, r.verified) for r in opened.requests] == [
        ("given" if yes else "refused", True)
    ]
    shared = Shared(two.recipient, SharingKind.REFERRAL, "")
    with session_scope(two.world.console) as session:
        if yes:
            share(session, signed_in=signed_in, trust=two.world.trust, case_id=two.case, shared=shared)
        else:
            with pytest.raises(NoConsent):
                share(session, signed_in=signed_in, trust=two.world.trust, case_id=two.case, shared=shared)


def test_a_supervisor_decides_keeps_and_sets_times(two: Two) -> None:
    two.world.hire("rena", StaffRole.SUPERVISOR)
    rena = two.world.signed_in("rena")
    with session_scope(two.world.console) as session:
        override_consent(
            session,
            signed_in=rena,
            case_id=two.case,
            recipient=two.recipient,
            purpose=SUPPORT,
            basis=LegalBasis.VITAL_INTEREST,
            reason="in danger",
        )
        until = today() + dt.timedelta(days=9)
        hold = place_hold(session, signed_in=rena, case_id=two.case, reason=HoldReason.COURT, until_day=until)
        set_hours(session, signed_in=rena, hours={Urgency.DANGER: 1, Urgency.CONCERN: 2, Urgency.NORMAL: 3})
    with session_scope(two.world.console) as session:
        assert hours_of(session, signed_in=rena)[Urgency.NORMAL] == 3
        assert [colleague.login for colleague in colleagues(session, signed_in=rena)] == ["leyla", "rena", "samir"]
        assert set(deadlines(session, signed_in=rena)) == {two.case}
        assert hidden_cases(session, signed_in=rena, shown=()) == (two.case,)
    with session_scope(two.world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    assert (view.held_until, view.respond_by is not None, view.linked) == (until, True, True)
    with session_scope(two.world.console) as session:
        lift_hold(session, signed_in=rena, hold_id=hold)
    opened = two.reads("rena")
    assert opened is not None
    assert [(o.basis, o.reason, o.verified) for o in opened.overrides] == [
        (LegalBasis.VITAL_INTEREST, "in danger", True)
    ]


def test_a_case_goes_to_a_colleague_and_is_kept_from_the_others(two: Two) -> None:
    signed_in = two.world.signed_in()
    with session_scope(two.world.engine) as session:
        samir = session.scalars(select(Staff.id).where(Staff.login == "samir")).one()
    with session_scope(two.world.console) as session:
        assign(session, signed_in=signed_in, trust=two.world.trust, case_id=two.case, to=samir)
        assert glance(session, signed_in=signed_in, case_id=two.case).owner_login == "samir"
    his = two.world.signed_in("samir")
    with session_scope(two.world.console) as session:
        restrict(session, signed_in=his, case_id=two.case)
    assert (two.reads("samir") is not None, two.reads("leyla")) == (True, None)


@pytest.mark.parametrize("by_chat", [True, False])
def test_the_person_ends_a_sharing_and_then_everything(two: Two, by_chat: bool) -> None:
    sharing, proof = two.share(), two.proof(by_chat=by_chat)
    with session_scope(two.world.bot) as session:
        assert withdraw_sharing(session, case_id=two.case, sharing_id=sharing, proof=proof)
        assert not withdraw_sharing(session, case_id=two.case, sharing_id=uuid4(), proof=proof)
    assert (two.reads("nigar"), two.keys()) == (None, {two.world.own.organisation_id})
    two.share()
    with session_scope(two.world.bot) as session:
        assert withdraw(session, case_id=two.case, proof=proof)
    assert (two.keys(), two.reads("leyla"), two.reads("nigar")) == (set(), None, None)
    with session_scope(two.world.engine) as session:
        assert {row.status for row in session.scalars(select(CaseReferral))} == {SharingStatus.REVOKED}
        told = session.scalars(select(StaffNotice.organisation_id).where(StaffNotice.kind == "sharing_revoked"))
        assert set(told) == {two.partner.organisation_id}


@pytest.mark.parametrize("by_chat", [True, False])
def test_the_person_asks_what_is_held_and_erases_all_of_it(two: Two, by_chat: bool) -> None:
    two.share()
    test_a_supervisor_decides_keeps_and_sets_times(two)
    two.world.reply(two.case)
    proof = two.proof(by_chat=by_chat)
    with session_scope(two.world.bot) as session:
        summary = held(session, case_id=two.case, proof=proof)
        assert summary is not None
        assert (summary.answers, summary.from_staff, summary.consents) == ({"index": 1, "narrative": 1}, 1, 2)
        assert held(session, case_id=two.case, proof=TAG) is None
    parts = (CaseRecord, CaseKey, CaseReferral, ConsentRecord, CaseHold, LegalOverride, OutboxRow, RouteRow)
    assert all(two.world.count(model) for model in parts)
    with session_scope(two.world.bot) as session:
        assert erase(session, case_id=two.case, proof=proof)
    assert [two.world.count(model) for model in (*parts, ConsentRequest, CaseDeadline, StaffNotice)] == [0] * 11
    assert two.world.count(Tombstone) == 1
    with session_scope(two.world.engine) as session:
        assert verify(session) == []


def test_the_code_leads_replies_to_another_chat(two: Two) -> None:
    two.world.reply(two.case)
    old, new = two.proof(by_chat=True), route_tag(6, index_key=two.world.secret("index_key"))
    for proof, linked in ((old, False), (code_of(1).tag, True)):
        with session_scope(two.world.bot) as session:
            assert linked is link_chat(session, case_id=two.case, proof=proof, route_tag=new, route_box=bytes(64))
    with session_scope(two.world.bot) as session:
        assert status_for_route(session, route_tag=old) == ()
        assert [view.case_id for view in status_for_route(session, route_tag=new)] == [two.case]


def test_a_reply_waits_for_a_safe_hour_and_is_read_when_asked_for(two: Two) -> None:
    two.world.reply(two.case)
    own = route_tag(5, index_key=two.world.secret("index_key"))
    with session_scope(two.world.relay) as session:
        (item,) = outbox.due(session, now=NOW + dt.timedelta(minutes=1), limit=5)
        outbox.postpone(session, id=item.id, until=NOW + dt.timedelta(hours=1))
    with session_scope(two.world.relay) as session:
        assert outbox.due(session, now=NOW + dt.timedelta(minutes=5), limit=5) == []
        outbox.mark_notified(session, id=item.id, now=NOW)
    with session_scope(two.world.relay) as session:
        assert outbox.unread(session, route_tag=OTHER_TAG) == []
        assert [waiting.id for waiting in outbox.unread(session, route_tag=own)] == [item.id]
        outbox.mark_sent(session, id=item.id)
    with session_scope(two.world.engine) as session:
        assert session.scalars(select(OutboxRow.state)).one() is OutboxState.SENT


def test_a_colleague_on_call_is_reminded_of_a_late_case(two: Two) -> None:
    late = two.world.open(2)
    _give_code(two.world, "samir", TAG)
    for code, route, paired in ((OTHER_TAG, TAG, False), (TAG, TAG, True), (TAG, OTHER_TAG, False)):
        with session_scope(two.world.relay) as session:
            assert paired is oncall.pair(session, pairing_tag=code, route_tag=route, route_box=bytes(64), now=NOW)
    with session_scope(two.world.janitor) as session:
        assert remind(session, now=NOW + dt.timedelta(days=4)) == 2
    with session_scope(two.world.relay) as session:
        (alert,) = oncall.due(session, now=NOW + dt.timedelta(days=4), limit=5)
        assert (alert.kind, alert.detail, alert.route_box) == ("overdue", "2", bytes(64))
        oncall.mark_failed(session, id=alert.id, permanent=False, now=NOW)
        oncall.mark_sent(session, id=alert.id)
    with session_scope(two.world.engine) as session:
        assert session.scalars(select(StaffAlert.state)).one() is OutboxState.SENT
        assert session.get_one(CaseDeadline, late).reminded_at is not None


def test_who_links_a_new_chat_leaves_the_old_one_and_can_leave_altogether(two: Two) -> None:
    for route in (TAG, OTHER_TAG):
        _give_code(two.world, "samir", route)
        with session_scope(two.world.relay) as session:
            assert oncall.pair(session, pairing_tag=route, route_tag=route, route_box=bytes(64), now=NOW)
    with session_scope(two.world.janitor) as session:
        assert oncall.alert(session, organisation_id=two.world.own.organisation_id, kind="test", now=NOW) == 1
    with session_scope(two.world.relay) as session:
        assert not oncall.unpair(session, route_tag=TAG)
        assert oncall.unpair(session, route_tag=OTHER_TAG)
    assert (two.world.count(StaffRoute), two.world.count(StaffAlert)) == (0, 0)


def test_the_janitor_removes_a_shared_case_with_everything(two: Two) -> None:
    test_a_question_for_consent_is_answered_by_the_person(two, yes=True)
    two.world.close(two.case)
    with session_scope(two.world.janitor) as session:
        assert purge(session, now=NOW + dt.timedelta(days=400)).cases == (two.case,)
    assert [two.world.count(model) for model in (CaseRecord, CaseReferral, ConsentRequest, ConsentRecord)] == [0] * 4


def _give_code(world: World, login: str, code: bytes) -> None:
    until = NOW + dt.timedelta(days=1)
    with session_scope(world.engine) as session:
        session.execute(update(Staff).where(Staff.login == login).values(pairing_tag=code, pairing_until=until))
