"""What the log tells staff: who did what with a case, which questions were answered, what happened to keys."""

import datetime as dt
from uuid import UUID

import pytest

from referral import CaseNotFound, audit, session_scope
from referral.enums import StaffRole
from referral.errors import NotPermitted
from referral.models import StaffRoute
from referral.recipients import SUPPORT, Recipient
from referral.service.access_log import access_log
from referral.service.asking import answer_consent, ask_consent
from referral.service.common import now, today
from referral.service.key_events import key_events
from referral.service.on_call import on_call
from referral.service.queue import open_queue
from referral.service.staff import act_for
from referral.service.timeline import timeline, unread_answers
from tests.referral.conftest import World, code_of


def ask(world: World, case: UUID) -> UUID:
    """Put a question for consent to the person."""
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        return ask_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=Recipient(provider="a_shelter"),
            recipient_name="A shelter",
            purpose=SUPPORT,
            shared=["narrative"],
            relay_public_key=world.public.relay_public_key,
        )


def test_a_supervisor_sees_who_did_what_with_a_case(world: World) -> None:
    world.hire("vusal", StaffRole.SUPERVISOR)
    case = world.open()
    world.take(case)
    world.read(case, "samir")
    supervisor = world.signed_in("vusal")
    with session_scope(world.console) as session:
        lines = access_log(session, signed_in=supervisor, case_id=case)
    assert [(line.who, line.act.value) for line in lines] == [
        ("samir", "case_read"),
        ("leyla", "case_claimed"),
        ("person", "referral_opened"),
    ]


def test_the_log_of_a_case_is_for_its_own_supervisors(world: World) -> None:
    partner = world.partner()
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    case = world.open()
    for login, error in (("leyla", NotPermitted), ("rauf", CaseNotFound)):
        signed_in = world.signed_in(login)
        with session_scope(world.console) as session, pytest.raises(error):
            access_log(session, signed_in=signed_in, case_id=case)


def unread(world: World) -> set[UUID]:
    """Return the cases with an answer that nobody has looked at, as the console asks for them."""
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        entries = open_queue(session, signed_in=signed_in)
        return unread_answers(session, case_ids=[entry.case_id for entry in entries])


def test_an_answered_question_stands_out_until_somebody_opens_the_case(world: World) -> None:
    case = world.open()
    world.take(case)
    question = ask(world, case)
    assert unread(world) == set()
    with session_scope(world.bot) as session:
        assert answer_consent(session, request_id=question, case_id=case, proof=code_of(1).tag, consent=None)
    assert unread(world) == {case}
    world.read(case)
    assert unread(world) == set()


def test_a_question_has_its_minute_in_the_thread(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case)
    ask(world, case)
    messages, signed_in = world.read(case).messages, world.signed_in()
    with session_scope(world.console) as session:
        act_for(session, signed_in)
        assert len(timeline(session, case_id=case)) == len(messages) == 2


def test_what_happened_to_ones_own_key_is_found(world: World) -> None:
    partner = world.partner()
    leyla, nigar = world.signed_in(), world.signed_in("nigar")
    for act, detail in ((audit.Act.KEY_ROTATED, "epoch 2"), (audit.Act.ESCROW_OPENED, "everybody has left")):
        with session_scope(world.engine) as session:
            own = world.own.organisation_id
            audit.append(session, act=act, actor="custodians", role="custodians", object_id=own, detail=detail)
    with session_scope(world.console) as session:
        found = key_events(session, signed_in=leyla, since=now() - dt.timedelta(days=30))
        assert [(event.act.value, event.why) for event in found] == [
            ("escrow_opened", "everybody has left"),
            ("key_rotated", ""),
        ]
        assert key_events(session, signed_in=leyla, since=now() + dt.timedelta(minutes=1)) == []
        assert key_events(session, signed_in=nigar, since=now() - dt.timedelta(days=30)) == []
    assert partner.organisation_id != world.own.organisation_id


def test_supervisors_see_who_is_on_call(world: World) -> None:
    world.hire("vusal", StaffRole.SUPERVISOR)
    world.hire("editor", StaffRole.EDITOR)
    world.partner()
    leyla, supervisor = world.signed_in(), world.signed_in("vusal")
    with session_scope(world.engine) as session:
        session.add(
            StaffRoute(
                id=UUID(int=7),
                organisation_id=leyla.organisation_id,
                staff_id=leyla.staff_id,
                route_tag=b"tag",
                route_box=b"box",
                created_day=today(),
            )
        )
    with session_scope(world.console) as session:
        people = on_call(session, signed_in=supervisor)
        assert [(one.login, one.since is not None) for one in people] == [
            ("leyla", True),
            ("samir", False),
            ("vusal", False),
        ]
        with pytest.raises(NotPermitted):
            on_call(session, signed_in=leyla)
