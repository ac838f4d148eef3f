"""What the log tells staff: who did what with a case, which questions were answered, what happened to keys."""

from uuid import UUID

import pytest

from referral import CaseNotFound, audit, session_scope
from referral.enums import StaffRole
from referral.errors import NotPermitted
from referral.models import StaffRoute
from referral.recipients import SUPPORT, Recipient
from referral.service.access_log import access_log
from referral.service.asking import answer_consent, ask_consent
from referral.service.common import today
from referral.service.key_events import key_events
from referral.service.on_call import on_call
from referral.service.timeline import timeline, unread_answers
from tests.referral.conftest import World, code_of


def ask(world: World, case: UUID) -> UUID:
    """Put a question for consent to the person."""
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
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
    with session_scope(world.engine) as session:
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
        with session_scope(world.engine) as session, pytest.raises(error):
            access_log(session, signed_in=signed_in, case_id=case)


def test_an_answered_question_stands_out_until_somebody_opens_the_case(world: World) -> None:
    case = world.open()
    world.take(case)
    question = ask(world, case)
    with session_scope(world.engine) as session:
        assert unread_answers(session, case_ids=[case]) == set()
        assert answer_consent(session, request_id=question, case_id=case, proof=code_of(1).tag, consent=None)
        assert unread_answers(session, case_ids=[case]) == {case}
    world.read(case)
    with session_scope(world.engine) as session:
        assert unread_answers(session, case_ids=[case]) == set()


def test_a_question_has_its_minute_in_the_thread(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case)
    ask(world, case)
    messages = world.read(case).messages
    with session_scope(world.engine) as session:
        assert len(timeline(session, case_id=case)) == len(messages) == 2


def test_what_happened_to_keys_is_found_once(world: World) -> None:
    with session_scope(world.engine) as session:
        _none, last = key_events(session, after=0)
        for act in (audit.Act.KEY_ROTATED, audit.Act.ESCROW_OPENED):
            own = world.own.organisation_id
            audit.append(session, act=act, actor="operator", role="operator", object_id=own)
        found, end = key_events(session, after=last)
        assert [event.act.value for event in found] == ["key_rotated", "escrow_opened"]
        assert {event.organisation_id for event in found} == {world.own.organisation_id}
        assert key_events(session, after=end) == ([], end)


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
    with session_scope(world.engine) as session:
        people = on_call(session, signed_in=supervisor)
        assert [(one.login, one.since is not None) for one in people] == [
            ("leyla", True),
            ("samir", False),
            ("vusal", False),
        ]
        with pytest.raises(NotPermitted):
            on_call(session, signed_in=leyla)
