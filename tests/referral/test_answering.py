"""What a person answers to a question for consent, and what they are told of it."""

import datetime as dt
from uuid import UUID

import pytest

from referral import (
    SHARING_DAYS,
    BadSubmission,
    ConsentGiven,
    ConsentScope,
    answer_consent,
    session_scope,
    status_for_code,
)
from referral.models import CaseRecord, ConsentRecord
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent
from referral.service.common import today
from tests.referral.conftest import World, code_of

SHELTER = Recipient(provider="shelter-baku")


def asked(world: World) -> tuple[UUID, UUID]:
    """Return a case and a question for consent about it."""
    case = world.open()
    signed_in = world.take(case)
    with session_scope(world.console) as session:
        request = ask_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=SHELTER,
            recipient_name="Shelter",
            purpose=SUPPORT,
            shared=["topic"],
            relay_public_key=world.public.relay_public_key,
        )
    return case, request


def consent(world: World, case: UUID, recipient: Recipient = SHELTER) -> ConsentGiven:
    """Return a consent as the gateway makes it."""
    with session_scope(world.engine) as session:
        key = session.get_one(CaseRecord, case).public_key
    details = world.field(case, key, "consent_record", "details", 77, '{"language": "en"}')
    end = today() + dt.timedelta(days=SHARING_DAYS)
    return ConsentGiven("v1", str(recipient), SUPPORT, today(), end, ConsentScope.OWN, details)


def answer(world: World, case: UUID, request: UUID, given: ConsentGiven | None, proof: bytes | None = None) -> bool:
    """Answer in a transaction."""
    with session_scope(world.bot) as session:
        return answer_consent(session, request_id=request, case_id=case, proof=proof or code_of(1).tag, consent=given)


def questions(world: World) -> frozenset[UUID]:
    """Return the questions that the person is shown as open."""
    with session_scope(world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    return view.questions


def test_a_question_is_open_until_it_is_answered(world: World) -> None:
    case, request = asked(world)
    assert questions(world) == {request}
    assert answer(world, case, request, None)
    assert questions(world) == frozenset()


def test_the_same_answer_again_is_true_and_stored_once(world: World) -> None:
    case, request = asked(world)
    assert [answer(world, case, request, consent(world, case)) for _ in range(2)] == [True, True]
    assert world.count(ConsentRecord) == 2  # the one of the intake, and this one


def test_another_answer_afterwards_changes_nothing(world: World) -> None:
    case, request = asked(world)
    assert answer(world, case, request, None)
    assert not answer(world, case, request, consent(world, case))
    assert world.count(ConsentRecord) == 1


def test_nobody_else_answers(world: World) -> None:
    case, request = asked(world)
    assert not answer(world, case, request, None, proof=code_of(2).tag)
    assert questions(world) == {request}


def test_a_consent_to_somebody_else_is_refused(world: World) -> None:
    case, request = asked(world)
    with pytest.raises(BadSubmission):
        answer(world, case, request, consent(world, case, Recipient(provider="another")))
    assert questions(world) == {request}
