"""Opening a referral: all of it or nothing, and once."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from referral import (
    BadSubmission,
    CaseClosed,
    NoConsent,
    ReferralError,
    Submission,
    erase,
    oncall,
    open_referral,
    session_scope,
    status_for_code,
)
from referral.errors import StaleEpoch, UnknownOrganisation
from referral.models import AuditEvent, CaseField, CaseKey, CaseRecord, ConsentRecord, RouteRow, Staff, StaffNotice
from referral.service.common import now
from tests.referral.conftest import World, code_of
from tests.referral.threads import at_once

EVERYTHING = (CaseRecord, CaseKey, CaseField, ConsentRecord, RouteRow, StaffNotice)


def opened(world: World, submission: Submission) -> bool:
    """Open a referral in a transaction of its own; return whether it was made now."""
    with session_scope(world.bot) as session:
        return open_referral(session, submission=submission).created


def refused(world: World, submission: Submission, why: type[ReferralError]) -> None:
    """Check that a submission is refused and leaves nothing."""
    before = [world.count(model) for model in (*EVERYTHING, AuditEvent)]
    with pytest.raises(why):
        opened(world, submission)
    assert [world.count(model) for model in (*EVERYTHING, AuditEvent)] == before


def test_everything_is_stored_together(world: World) -> None:
    assert opened(world, world.submission(chat=5))
    assert [world.count(model) for model in EVERYTHING] == [1, 1, 2, 1, 1, 1]


def test_who_asks_with_a_code_leaves_no_way_back_to_their_chat(world: World) -> None:
    assert opened(world, world.submission())
    assert world.count(RouteRow) == 0


def test_the_same_submission_twice_makes_one_case(world: World) -> None:
    submission = world.submission()
    assert (opened(world, submission), opened(world, submission)) == (True, False)
    assert world.count(CaseRecord) == 1


def test_two_at_once_with_one_submission_make_one_case(world: World) -> None:
    submission = world.submission()
    assert sorted(at_once(*[lambda: opened(world, submission)] * 2)) == [False, True]
    assert world.count(CaseRecord) == 1


def test_a_code_that_leads_nowhere_is_never_confirmed(world: World) -> None:
    submission = world.submission(1)
    opened(world, submission)
    again = replace(submission, submission_id="tg-2", code_tag=code_of(2).tag)
    refused(world, again, BadSubmission)
    with session_scope(world.bot) as session:
        assert status_for_code(session, code_tag=code_of(2).tag) is None


def test_a_request_pressed_twice_under_two_numbers_is_one_case(world: World) -> None:
    submission = world.submission()
    opened(world, submission)
    assert not opened(world, replace(submission, submission_id="tg-2"))


def test_without_consent_nothing_is_stored(world: World) -> None:
    submission = world.submission(chat=5)
    (consent,) = submission.consents
    refused(world, replace(submission, consents=()), NoConsent)
    refused(world, replace(submission, consents=(replace(consent, recipient=str(uuid4())),)), NoConsent)
    refused(world, replace(submission, consents=(replace(consent, recipient="everybody"),)), NoConsent)


def test_another_organisation_or_an_old_key_is_refused(world: World) -> None:
    refused(world, replace(world.submission(), organisation_id=uuid4()), UnknownOrganisation)
    refused(world, replace(world.submission(), epoch=9), StaleEpoch)


def test_a_request_that_nobody_would_find_in_the_queue_is_refused(world: World) -> None:
    submission = world.submission()
    index, narrative = submission.fields
    refused(world, replace(submission, fields=(narrative,)), BadSubmission)
    refused(world, replace(submission, fields=(index, narrative, narrative)), BadSubmission)
    refused(world, replace(submission, fields=(index, replace(narrative, table="staff"))), BadSubmission)


def test_an_erased_request_does_not_come_back_by_a_repetition(world: World) -> None:
    submission = world.submission()
    opened(world, submission)
    with session_scope(world.bot) as session:
        assert erase(session, case_id=submission.case_id, proof=submission.code_tag)
    refused(world, submission, CaseClosed)


def test_colleagues_on_call_hear_of_a_new_request_and_nothing_of_it(world: World) -> None:
    signed_in, tag = world.signed_in(), code_of(9).tag
    with session_scope(world.engine) as session:
        staff = session.get_one(Staff, signed_in.staff_id)
        staff.pairing_tag, staff.pairing_until = tag, now() + dt.timedelta(minutes=10)
    with session_scope(world.bot) as session:
        assert oncall.pair(session, pairing_tag=tag, route_tag=bytes(32), route_box=b"box", now=now())
    submission = world.submission()
    for _ in range(2):  # a repeated submission is not told twice
        with session_scope(world.bot) as session:
            open_referral(session, submission=submission)
    with session_scope(world.relay) as session:
        (alert,) = oncall.due(session, now=now(), limit=5)
    assert (alert.kind, alert.detail, alert.route_box) == ("new", "", b"box")
