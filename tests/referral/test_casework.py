"""What staff do with a case, on a real database."""

import json
from uuid import uuid4

import pytest

from referral import CaseClosed, CaseNotFound, ReferralStatus, append_message, mark_pull_read, session_scope
from referral.audit import entries_about
from referral.crypto import RecordContext, open_bytes, seal_bytes, seal_record
from referral.enums import Direction
from referral.errors import ForgedRecord, SealBroken, TransitionRefused
from referral.models import CaseField, CaseKey, CaseMessage, CaseRecord, ConsentRecord, PullReplyRow
from referral.service.casework import change_status, claim, read_case, reply
from referral.service.queue import open_queue
from referral.service.staff import disable_staff
from tests.referral.conftest import DAY, World, code_of
from tests.referral.threads import at_once


def test_two_at_once_can_never_both_take_a_case(world: World) -> None:
    case = world.open()
    people = [world.signed_in(login) for login in ("leyla", "samir")]

    def take(who: int) -> bool:
        with session_scope(world.console) as session:
            return claim(session, signed_in=people[who], case_id=case)

    assert sorted(at_once(lambda: take(0), lambda: take(1))) == [False, True]
    opened = world.read(case)
    assert (opened.status, opened.owner_login in {"leyla", "samir"}) == (ReferralStatus.ACCEPTED, True)
    assert world.count(CaseKey) == 2


def test_the_story_opens_for_staff(world: World) -> None:
    opened = world.read(world.open(narrative="they keep my passport", chat=5))
    narrative = next(value for value in opened.values if value.field == "narrative")
    assert (narrative.text, narrative.verified, opened.push) == ("they keep my passport", True, True)
    (consent,) = opened.consents
    assert (consent.language, consent.verified, consent.withdrawn_day) == ("en", True, None)
    assert "passport" not in repr(opened)


def test_a_reading_is_in_the_log_before_the_key_is_used(world: World) -> None:
    case, signed_in = world.open(), world.signed_in()
    with session_scope(world.engine) as session:
        key = session.get_one(CaseKey, (case, world.public.organisation_id))
        key.sealed_key = seal_bytes(world.public.relay_public_key, b"broken")
    with session_scope(world.console) as session, pytest.raises(SealBroken):
        read_case(session, signed_in=signed_in, case_id=case, trust=world.trust)
    with session_scope(world.engine) as session:
        assert entries_about(session, case)[-1].act.value == "case_read"


def test_a_forged_value_is_shown_as_unverified(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        session.get_one(CaseField, (case, "narrative", 1)).signature = bytes(64)
    assert [value.verified for value in world.read(case).values if value.field == "narrative"] == [False]


def test_a_value_from_another_row_is_shown_as_unverified_and_empty(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        index = session.get_one(CaseField, (case, "index", 0))
        narrative = session.get_one(CaseField, (case, "narrative", 1))
        narrative.sealed, narrative.signature = index.sealed, index.signature
    (value,) = [value for value in world.read(case).values if value.field == "narrative"]
    assert (value.text, value.verified) == ("", False)


def test_rubbish_sealed_by_a_stranger_does_not_take_the_case_away(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        key = session.get_one(CaseRecord, case).public_key
        session.get_one(CaseField, (case, "narrative", 1)).sealed = seal_bytes(key, b"not a record")
        consent = session.query(ConsentRecord).one()
        context = RecordContext(case, "consent_record", "details", 0)
        consent.sealed = seal_record(public_key=key, context=context, payload="not JSON", day=DAY)
    opened = world.read(case)
    assert [value.verified for value in opened.values] == [True, False]
    assert [consent.verified for consent in opened.consents] == [False]


def test_a_case_whose_public_key_was_exchanged_is_not_used(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        session.get_one(CaseRecord, case).public_key = bytes(31) + b"\x09"
    with pytest.raises(ForgedRecord, match="exchanged"):
        world.read(case)


def test_a_reply_waits_under_the_code_and_moves_the_case(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case, "we read it")
    with session_scope(world.engine) as session:
        (row,) = session.query(PullReplyRow).all()
    assert json.loads(open_bytes(code_of(1).private_key, row.sealed))["text"] == "we read it"
    opened = world.read(case)
    assert opened.status is ReferralStatus.IN_PROGRESS
    assert [(m.author, m.text, m.delivery) for m in opened.messages] == [("leyla", "we read it", "waiting")]


def test_a_reply_that_was_fetched_is_shown_as_read(world: World) -> None:
    case = world.open()
    world.take(case)
    world.reply(case)
    with session_scope(world.engine) as session:
        (row,) = session.query(PullReplyRow).all()
    with session_scope(world.bot) as session:
        mark_pull_read(session, code_tag=code_of(1).tag, reply_ids=[row.id])
    assert world.read(case).messages[-1].delivery == "read"


def test_nobody_answers_a_case_that_nobody_has_taken(world: World) -> None:
    case = world.open()
    with pytest.raises(TransitionRefused):
        world.reply(case)
    assert world.count(CaseMessage) == 0


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_reply_is_refused(world: World, text: str) -> None:
    case = world.open()
    world.take(case)
    with pytest.raises(ValueError, match="empty"):
        world.reply(case, text)


def test_a_closed_case_takes_no_message_and_no_reply(world: World) -> None:
    case = world.open()
    world.take(case)
    world.close(case)
    key = world.case(case).public_key
    with pytest.raises(CaseClosed), session_scope(world.bot) as session:
        append_message(session, case_id=case, message_id="tg-9", field=world.message(case, key, 9, "x"), day=DAY)
    with pytest.raises(CaseClosed):
        world.reply(case)
    assert world.count(CaseMessage) == 0


def test_both_sides_are_in_the_thread(world: World) -> None:
    case = world.open(chat=5)
    world.take(case)
    with session_scope(world.bot) as session:
        field = world.message(case, world.case(case).public_key, 77, "one more thing")
        append_message(session, case_id=case, message_id="tg-77", field=field, day=DAY)
    world.reply(case, "thank you")
    assert [(m.direction, m.text, m.verified) for m in world.read(case).messages] == [
        (Direction.FROM_PERSON, "one more thing", True),
        (Direction.FROM_STAFF, "thank you", True),
    ]


def test_a_change_by_somebody_else_is_noticed(world: World) -> None:
    case = world.open()
    signed_in = world.take(case)
    with pytest.raises(TransitionRefused, match="Somebody else"), session_scope(world.console) as session:
        change_status(
            session, signed_in=signed_in, case_id=case, to=ReferralStatus.DONE, reason="", seen=ReferralStatus.NEW
        )
    assert world.read(case).status is ReferralStatus.ACCEPTED


def test_a_case_is_accepted_by_taking_it_only(world: World) -> None:
    case, signed_in = world.open(), world.signed_in()
    with pytest.raises(TransitionRefused, match="taking"), session_scope(world.console) as session:
        change_status(
            session, signed_in=signed_in, case_id=case, to=ReferralStatus.ACCEPTED, reason="", seen=ReferralStatus.NEW
        )


def test_a_rejected_case_that_is_opened_again_has_an_owner(world: World) -> None:
    case = world.open()
    world.close(case, ReferralStatus.REJECTED)
    rejected = world.read(case)
    assert (rejected.owner_login, [v.text for v in rejected.values if v.field == "reason"]) == (None, ["a reason"])
    world.close(case, ReferralStatus.IN_PROGRESS)
    assert world.read(case).owner_login == "leyla"


def test_another_organisation_sees_and_opens_nothing(world: World) -> None:
    case = world.open()
    world.partner("stranger")
    stranger = world.signed_in("stranger")
    with session_scope(world.console) as session:
        assert open_queue(session, signed_in=stranger) == []
        for deed in (
            lambda: read_case(session, signed_in=stranger, case_id=case, trust=world.trust),
            lambda: claim(session, signed_in=stranger, case_id=case),
            lambda: reply(session, signed_in=stranger, case_id=case, text="x", relay_public_key=bytes(32)),
        ):
            with pytest.raises(CaseNotFound):
                deed()


def test_a_case_that_does_not_exist_looks_like_one_of_others(world: World) -> None:
    with pytest.raises(CaseNotFound):
        world.read(uuid4())


def test_a_leavers_copies_of_keys_go(world: World) -> None:
    case = world.open()
    world.take(case, "samir")
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    assert world.count(CaseKey) == 1
    assert world.read(case, "leyla").owner_login == "samir"
