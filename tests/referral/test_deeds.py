"""What crosses the borders of roles and organisations, each deed with its own process' rights (PostgreSQL)."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select

from referral import outbox, session_scope, status_for_route, withdraw
from referral.audit import verify
from referral.crypto import route_tag
from referral.enums import ContactOutcome, HoldReason, LegalBasis, OutboxState, SharingKind, SharingStatus, StaffRole
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
    PullReplyRow,
    RouteRow,
    StaffNotice,
    Tombstone,
)
from referral.recipients import SUPPORT, Recipient
from referral.retention.purge import purge
from referral.service.asking import override_consent
from referral.service.common import now, today
from referral.service.holds import place_hold
from referral.service.notes import add_contact_attempt, add_note
from referral.service.person import erase, link_chat
from referral.service.summary import held
from tests.referral.conftest import code_of
from tests.referral.two import CHAT, Two, two

__all__ = ["two"]
PARTS = (
    CaseRecord,
    CaseKey,
    CaseReferral,
    CaseHold,
    CaseDeadline,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    OutboxRow,
    PullReplyRow,
    RouteRow,
    StaffNotice,
)
WAITING_BY = dt.timedelta(minutes=1)


def fill(two: Two) -> None:
    """Put something into every part of the case that a case can have."""
    two.share()
    two.world.reply(two.case)
    two.world.hire("rena", StaffRole.SUPERVISOR)
    rena, case = two.world.signed_in("rena"), two.case
    with session_scope(two.world.console) as session:
        until = today() + dt.timedelta(days=9)
        place_hold(session, signed_in=rena, case_id=case, reason=HoldReason.COURT, until_day=until)
        override_consent(
            session,
            signed_in=rena,
            case_id=case,
            recipient=Recipient(provider="shelter"),
            purpose=SUPPORT,
            basis=LegalBasis.VITAL_INTEREST,
            reason="in danger",
        )
    with session_scope(two.world.engine) as session:
        organisation = two.world.own.organisation_id
        session.add(CaseDeadline(case_id=case, organisation_id=organisation, respond_by=now()))
    assert all(two.world.count(model) for model in PARTS)


def test_both_organisations_write_and_each_believes_the_other(two: Two) -> None:
    two.answer(two.share(), SharingStatus.ACCEPTED)
    signed_in = two.world.signed_in("nigar")
    with session_scope(two.world.console) as session:
        add_note(session, signed_in=signed_in, case_id=two.case, text="we have a bed")
    two.world.reply(two.case, "from both of us", "nigar")
    for login in ("leyla", "nigar"):
        opened = two.world.read(two.case, login)
        notes = [(value.author, value.text, value.verified) for value in opened.values if value.field == "note"]
        assert notes == [("nigar", "we have a bed", True)]
        assert [(m.author, m.verified) for m in opened.messages if m.text == "from both of us"] == [("nigar", True)]
        assert [(sharing.author, sharing.verified) for sharing in opened.sharings] == [("leyla", True)]


def test_after_a_transfer_the_former_authors_stay_genuine(two: Two) -> None:
    leyla, outcome = two.world.signed_in(), ContactOutcome.REACHED
    with session_scope(two.world.console) as session:
        add_contact_attempt(session, signed_in=leyla, case_id=two.case, outcome=outcome, channel="phone", note="")
    two.answer(two.share(SharingKind.TRANSFER), SharingStatus.ACCEPTED)
    opened = two.world.read(two.case, "nigar")
    assert [(v.author, v.verified) for v in opened.values if v.field == "contact"] == [("leyla", True)]
    assert opened.owner_login == "nigar"


@pytest.mark.parametrize("by_chat", [True, False])
def test_who_takes_back_a_shared_case_takes_every_key_from_everybody(two: Two, by_chat: bool) -> None:
    two.share()
    with session_scope(two.world.bot) as session:
        assert withdraw(session, case_id=two.case, proof=two.proof(by_chat=by_chat))
    assert (two.world.count(CaseKey), two.world.count(OutboxRow), two.world.count(PullReplyRow)) == (0, 0, 0)
    with session_scope(two.world.engine) as session:
        assert session.scalars(select(CaseReferral.status)).one() is SharingStatus.REVOKED
        told = session.scalars(select(StaffNotice.organisation_id).where(StaffNotice.kind == "sharing_revoked"))
        assert told.all() == [two.partner.organisation_id]


@pytest.mark.parametrize("by_chat", [True, False])
def test_the_person_is_told_what_is_held_and_erases_all_of_it(two: Two, by_chat: bool) -> None:
    fill(two)
    proof = two.proof(by_chat=by_chat)
    with session_scope(two.world.bot) as session:
        assert held(session, case_id=two.case, proof=bytes(32)) is None
        summary = held(session, case_id=two.case, proof=proof)
    assert summary is not None
    assert (summary.answers, summary.from_staff, summary.linked) == ({"index": 1, "narrative": 1}, 2, True)
    with session_scope(two.world.bot) as session:
        assert erase(session, case_id=two.case, proof=proof)
    assert [two.world.count(model) for model in PARTS] == [0] * len(PARTS)
    assert two.world.count(Tombstone) == 1
    with session_scope(two.world.engine) as session:
        assert verify(session) == []


def test_the_janitor_removes_all_of_it_too(two: Two) -> None:
    fill(two)
    two.world.close(two.case)
    with session_scope(two.world.janitor) as session:
        assert purge(session, now=now() + dt.timedelta(days=400)).cases == (two.case,)
    assert [two.world.count(model) for model in PARTS] == [0] * len(PARTS)


def test_the_code_leads_replies_to_another_chat(two: Two) -> None:
    two.world.reply(two.case)
    new = route_tag(CHAT + 1, index_key=two.world.secret("index_key"))
    for by_chat, linked in ((True, False), (False, True)):
        proof = two.proof(by_chat=by_chat)
        with session_scope(two.world.bot) as session:
            assert linked is link_chat(session, case_id=two.case, proof=proof, route_tag=new, route_box=bytes(64))
    with session_scope(two.world.bot) as session:
        assert status_for_route(session, route_tag=two.proof(by_chat=True)) == ()
        assert [view.case_id for view in status_for_route(session, route_tag=new)] == [two.case]


def test_a_reply_waits_for_a_safe_hour_and_is_read_when_asked_for(two: Two) -> None:
    two.world.reply(two.case)
    with session_scope(two.world.relay) as session:
        (item,) = outbox.due(session, now=now() + WAITING_BY, limit=5)
        outbox.postpone(session, id=item.id, until=now() + dt.timedelta(hours=1))
    with session_scope(two.world.relay) as session:
        assert outbox.due(session, now=now() + WAITING_BY, limit=5) == []
        outbox.mark_notified(session, id=item.id, now=now())
    with session_scope(two.world.relay) as session:
        assert outbox.unread(session, route_tag=code_of(1).tag) == []
        assert outbox.unread(session, route_tag=two.proof(by_chat=True), id=uuid4()) == []
        assert [waiting.id for waiting in outbox.unread(session, route_tag=two.proof(by_chat=True))] == [item.id]
        outbox.mark_sent(session, id=item.id)
    with session_scope(two.world.engine) as session:
        assert session.scalars(select(OutboxRow.state)).one() is OutboxState.SENT
