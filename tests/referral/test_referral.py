"""The life of a case on a real database."""

import datetime as dt
import json
import threading
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from referral import (
    CaseClosed,
    CaseNotFound,
    NoConsent,
    ReferralError,
    ReferralStatus,
    append_message,
    checkpoint,
    erase,
    mark_pull_read,
    open_referral,
    outbox,
    session_scope,
    status_for_code,
    status_for_route,
    submission_from_json,
    submission_to_json,
    withdraw,
)
from referral.audit import verify
from referral.crypto import KdfProfile, open_bytes, open_route, route_tag
from referral.enums import Direction
from referral.errors import BadSubmission, SealBroken, StaleEpoch, TransitionRefused
from referral.keys import create_organisation
from referral.lifecycle import BY_STAFF, check_staff_step
from referral.models import AuditEvent, CaseField, CaseKey, CaseRecord, OutboxRow, RouteRow, Tombstone
from referral.retention.purge import purge
from referral.service.casework import change_status, claim, read_case, reply
from referral.service.queue import open_queue
from referral.service.staff import disable_staff, sign_in
from tests.referral.conftest import DAY, PASSPHRASE, World, code_of

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def count(world: World, model: type) -> int:
    """Return the number of rows of a table."""
    with session_scope(world.engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_referral_travels_as_json(world: World) -> None:
    submission = world.submission(chat=5)
    assert submission_from_json(json.loads(json.dumps(submission_to_json(submission)))) == submission


@pytest.mark.parametrize("field", ["case_id", "public_key", "fields", "code_tag", "day", "sealed_private_key", "epoch"])
def test_a_broken_submission_is_refused_by_name(world: World, field: str) -> None:
    raw = submission_to_json(world.submission()) | {field: "?"}
    with pytest.raises(BadSubmission, match=field if field != "sealed_private_key" else "sealed"):
        submission_from_json(raw)


def test_the_same_submission_twice_makes_one_case(world: World) -> None:
    submission = world.submission()
    with session_scope(world.engine) as session:
        first = open_referral(session, submission=submission)
    with session_scope(world.engine) as session:
        second = open_referral(session, submission=submission)
    assert (first.created, second.created, first.case_id) == (True, False, second.case_id)
    assert count(world, CaseRecord) == 1


def test_two_threads_with_one_submission_make_one_case(world: World) -> None:
    submission = world.submission()
    barrier, made, errors = threading.Barrier(2), [], []

    def work() -> None:
        barrier.wait()
        try:
            with session_scope(world.engine) as session:
                made.append(open_referral(session, submission=submission).created)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (sorted(made), errors) == ([False, True], [])


def test_without_consent_nothing_is_stored(world: World) -> None:
    with pytest.raises(NoConsent), session_scope(world.engine) as session:
        open_referral(session, submission=replace(world.submission(), consents=()))
    other = replace(world.submission().consents[0], recipient=str(uuid4()))
    with pytest.raises(NoConsent), session_scope(world.engine) as session:
        open_referral(session, submission=replace(world.submission(), consents=(other,)))
    assert count(world, CaseRecord) == 0


def test_an_old_key_epoch_is_refused(world: World) -> None:
    with pytest.raises(StaleEpoch), session_scope(world.engine) as session:
        open_referral(session, submission=replace(world.submission(), epoch=9))


def test_two_people_can_never_both_claim(world: World) -> None:
    case = world.open()
    won = []
    for login in ("leyla", "samir"):
        signed_in = world.signed_in(login)
        with session_scope(world.engine) as session:
            won.append(claim(session, signed_in=signed_in, case_id=case))
    assert won == [True, False]


def test_the_story_opens_for_staff_and_the_reading_is_logged_and_told(world: World) -> None:
    case = world.open(narrative="they keep my passport", chat=5)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        opened = read_case(session, signed_in=signed_in, case_id=case, verify_key=world.public.bot_verify_key)
    narrative = next(value for value in opened.values if value.field == "narrative")
    assert (narrative.text, narrative.verified, opened.push) == ("they keep my passport", True, True)
    with session_scope(world.engine) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    assert [(access.act, access.role.value) for access in view.accesses] == [("opened", "intake")]


def test_a_forged_value_is_shown_as_unverified(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        row = session.get_one(CaseField, (case, "narrative", 1))
        row.signature = bytes(64)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        opened = read_case(session, signed_in=signed_in, case_id=case, verify_key=world.public.bot_verify_key)
    assert [value.verified for value in opened.values if value.field == "narrative"] == [False]


def test_the_database_and_the_gateways_secrets_open_no_stored_case(world: World) -> None:
    world.open(chat=5)
    with session_scope(world.engine) as session:
        blobs = [row.sealed for row in session.scalars(select(CaseField))]
        blobs += [row.sealed_key for row in session.scalars(select(CaseKey))]
    keys = [file.read_bytes() for file in (world.data_dir / "secrets").iterdir() if file.stat().st_size == 32]
    assert len(keys) >= 5
    for blob in blobs:
        for key in keys:
            with pytest.raises(SealBroken):
                open_bytes(key, blob)


def test_the_database_takes_no_plaintext(world: World) -> None:
    case = world.open()
    with pytest.raises(StatementError, match="sealed values only"), session_scope(world.engine) as session:
        session.get_one(CaseField, (case, "narrative", 1)).sealed = "in clear"  # type: ignore[assignment]


def test_no_byte_of_a_story_is_in_the_database_files(world: World) -> None:
    world.open(narrative="canary-7f3a-qəribə", chat=987654321)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        reply(session, signed_in=signed_in, case_id=_case(world), text="canary-reply", relay_public_key=_relay(world))
    content = b"".join(file.read_bytes() for file in world.data_dir.glob("korpu.db*"))
    assert len(content) > 10_000
    for secret in (b"canary", "qəribə".encode(), b"987654321"):
        assert secret not in content


def test_a_reply_reaches_telegram_and_the_code(world: World) -> None:
    case = world.open(chat=5)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        claim(session, signed_in=signed_in, case_id=case)
        reply(session, signed_in=signed_in, case_id=case, text="we read it", relay_public_key=_relay(world))
    with session_scope(world.engine) as session:
        (item,) = outbox.due(session, now=dt.datetime.now(tz=dt.UTC), limit=5)
    assert open_route(item.route_box, route_key=world.secret("route_key")).chat_id == 5
    assert json.loads(open_bytes(world.secret("relay_key"), item.sealed))["text"] == "we read it"
    with session_scope(world.engine) as session:
        assert outbox.due(session, now=dt.datetime.now(tz=dt.UTC), limit=5) == []
        outbox.mark_sent(session, id=item.id)
        view = status_for_code(session, code_tag=code_of(1).tag)
        assert view is not None
        assert session.get_one(OutboxRow, item.id).sealed is None
    assert json.loads(open_bytes(code_of(1).private_key, view.pull_replies[0].sealed))["text"] == "we read it"
    assert view.status is ReferralStatus.IN_PROGRESS


def test_a_taken_reply_comes_back_when_its_taker_dies(world: World) -> None:
    _replied(world)
    later = dt.datetime.now(tz=dt.UTC)
    with session_scope(world.engine) as session:
        assert len(outbox.due(session, now=later, limit=5)) == 1
        assert outbox.due(session, now=later, limit=5) == []
        assert len(outbox.due(session, now=later + dt.timedelta(seconds=31), limit=5)) == 1


def test_a_blocked_chat_is_given_up_and_staff_see_it(world: World) -> None:
    case = _replied(world)
    with session_scope(world.engine) as session:
        (item,) = outbox.due(session, now=dt.datetime.now(tz=dt.UTC), limit=5)
        outbox.mark_failed(session, id=item.id, permanent=True)
    assert _delivery(world, case) == "failed"


def test_a_pulled_reply_is_read(world: World) -> None:
    case = _replied(world)
    with session_scope(world.engine) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
        assert view is not None
        mark_pull_read(session, code_tag=code_of(1).tag, reply_ids=[r.id for r in view.pull_replies])
    assert _delivery(world, case) == "read"


def test_messages_of_the_person_come_once_and_in_order(world: World) -> None:
    case = world.open(chat=5)
    with session_scope(world.engine) as session:
        key = session.get_one(CaseRecord, case).public_key
    for _ in range(2):
        with session_scope(world.engine) as session:
            field = world.message(case, key, 77, "one more thing")
            append_message(session, case_id=case, message_id="tg-77", field=field, day=DAY)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        reply(session, signed_in=signed_in, case_id=case, text="thank you", relay_public_key=_relay(world))
        opened = read_case(session, signed_in=signed_in, case_id=case, verify_key=world.public.bot_verify_key)
    assert [(m.direction, m.text, m.verified) for m in opened.messages] == [
        (Direction.FROM_PERSON, "one more thing", True),
        (Direction.FROM_STAFF, "thank you", True),
    ]


def test_a_closed_case_takes_no_message_and_no_reply(world: World) -> None:
    case = world.open()
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        claim(session, signed_in=signed_in, case_id=case)
        change_status(
            session,
            signed_in=signed_in,
            case_id=case,
            to=ReferralStatus.DONE,
            reason="",
            seen=ReferralStatus.ACCEPTED,
        )
        key = session.get_one(CaseRecord, case).public_key
    with pytest.raises(CaseClosed), session_scope(world.engine) as session:
        append_message(session, case_id=case, message_id="tg-9", field=world.message(case, key, 9, "x"), day=DAY)
    with pytest.raises(CaseClosed), session_scope(world.engine) as session:
        reply(session, signed_in=signed_in, case_id=case, text="x", relay_public_key=_relay(world))


def test_the_queue_shows_danger_first_then_the_longest_waiting(world: World) -> None:
    for number, urgency in ((1, "normal"), (2, "concern"), (3, "danger"), (4, "normal")):
        world.open(number, urgency=urgency)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        queue = open_queue(session, signed_in=signed_in)
    assert [(e.urgency.value, e.opened_at.minute) for e in queue] == [
        ("danger", 3),
        ("concern", 2),
        ("normal", 1),
        ("normal", 4),
    ]


def test_another_organisation_sees_and_opens_nothing(world: World, tmp_path: Path) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "secrets").symlink_to(world.data_dir / "secrets")
        create_organisation(
            session,
            data_dir=tmp_path / "other",
            name="Other",
            demo=False,
            login="stranger",
            passphrase=PASSPHRASE,
            profile=KdfProfile(1, 8 * 1024 * 1024),
        )
    stranger = world.signed_in("stranger")
    with session_scope(world.engine) as session:
        assert open_queue(session, signed_in=stranger) == []
        with pytest.raises(CaseNotFound):
            read_case(session, signed_in=stranger, case_id=case, verify_key=world.public.bot_verify_key)
        with pytest.raises(CaseNotFound):
            claim(session, signed_in=stranger, case_id=case)


@pytest.mark.parametrize("present", list(ReferralStatus))
@pytest.mark.parametrize("to", list(ReferralStatus))
def test_the_lifecycle_table_is_the_law(present: ReferralStatus, to: ReferralStatus) -> None:
    if to in BY_STAFF[present]:
        check_staff_step(present, to, reason="a reason")
    else:
        with pytest.raises(TransitionRefused):
            check_staff_step(present, to, reason="a reason")


def test_a_rejection_needs_a_reason() -> None:
    with pytest.raises(TransitionRefused, match="reason"):
        check_staff_step(ReferralStatus.NEW, ReferralStatus.REJECTED, reason=" ")


def test_status_needs_the_right_proof(world: World) -> None:
    case = world.open(chat=5)
    tag = route_tag(5, index_key=world.secret("index_key"))
    with session_scope(world.engine) as session:
        assert status_for_code(session, code_tag=bytes(32)) is None
        assert [view.case_id for view in status_for_route(session, route_tag=tag)] == [case]
        assert status_for_route(session, route_tag=bytes(32)) == ()
        assert not withdraw(session, case_id=case, proof=bytes(32))
        assert not erase(session, case_id=case, proof=bytes(32))


def test_who_takes_their_case_back_closes_it_to_staff(world: World) -> None:
    case = world.open(chat=5)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        claim(session, signed_in=signed_in, case_id=case)
        assert withdraw(session, case_id=case, proof=code_of(1).tag)
    assert count(world, CaseKey) == 0
    with pytest.raises(CaseNotFound), session_scope(world.engine) as session:
        read_case(session, signed_in=signed_in, case_id=case, verify_key=world.public.bot_verify_key)


def test_erasure_leaves_a_tombstone_and_no_byte(world: World) -> None:
    case = world.open(chat=5)
    with session_scope(world.engine) as session:
        blob = session.get_one(CaseField, (case, "narrative", 1)).sealed.blob
        assert erase(session, case_id=case, proof=code_of(1).tag)
    checkpoint(world.engine)
    assert [count(world, model) for model in (CaseRecord, CaseKey, CaseField, RouteRow, Tombstone)] == [0, 0, 0, 0, 1]
    assert blob[60:120] not in b"".join(file.read_bytes() for file in world.data_dir.glob("korpu.db*"))


def test_the_audit_chain_finds_every_change(world: World) -> None:
    for number in range(1, 4):
        world.open(number)
    with session_scope(world.engine) as session:
        assert verify(session) == []
    with pytest.raises(DBAPIError), session_scope(world.engine) as session:
        session.execute(text("UPDATE audit_event SET body = '{}' WHERE seq = 2"))
    for attack in (
        "UPDATE audit_event SET body = '{}' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 2",
        "UPDATE audit_event SET body = (SELECT body FROM audit_event WHERE seq = 3) WHERE seq = 2",
    ):
        with world.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_no_delete"))
            connection.execute(text("SAVEPOINT attack"))
            connection.execute(text(attack))
            with_attack = connection.execute(select(func.count()).select_from(AuditEvent)).scalar()
            assert with_attack
            assert verify(Session(connection)) != []
            connection.execute(text("ROLLBACK TO attack"))


def test_five_wrong_passphrases_lock_the_account(world: World) -> None:
    for _ in range(5):
        with session_scope(world.engine) as session:
            assert sign_in(session, login="leyla", passphrase="wrong") is None
    with session_scope(world.engine) as session:
        assert sign_in(session, login="leyla", passphrase=PASSPHRASE) is None


def test_a_leaver_cannot_sign_in(world: World) -> None:
    with session_scope(world.engine) as session:
        disable_staff(session, login="samir")
    with session_scope(world.engine) as session:
        assert sign_in(session, login="samir", passphrase=PASSPHRASE) is None
    with pytest.raises(ReferralError), session_scope(world.engine) as session:
        disable_staff(session, login="nobody")


def test_what_is_due_goes_and_what_is_not_stays(world: World) -> None:
    done, held = world.open(1, chat=5), world.open(2, chat=6)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        claim(session, signed_in=signed_in, case_id=done)
        change_status(
            session,
            signed_in=signed_in,
            case_id=done,
            to=ReferralStatus.DONE,
            reason="",
            seen=ReferralStatus.ACCEPTED,
        )
        purge_day = session.get_one(CaseRecord, done).purge_day
    assert purge_day is not None
    moment = dt.datetime.combine(purge_day, dt.time(), tzinfo=dt.UTC)
    for now, dry_run, left in (
        (moment - dt.timedelta(days=1), False, 2),
        (moment, True, 2),
        (moment, False, 1),
    ):
        with session_scope(world.engine) as session:
            purge(session, now=now, dry_run=dry_run)
        assert count(world, CaseRecord) == left
    with session_scope(world.engine) as session:
        assert session.get(CaseRecord, held) is not None


def test_a_reply_that_is_too_old_is_dropped(world: World) -> None:
    case = _replied(world)
    with session_scope(world.engine) as session:
        purge(session, now=dt.datetime.now(tz=dt.UTC) + dt.timedelta(hours=73))
    assert _delivery(world, case) == "expired"


def _case(world: World) -> object:
    with session_scope(world.engine) as session:
        return session.scalars(select(CaseRecord.case_id)).one()


def _relay(world: World) -> bytes:
    return world.public.relay_public_key


def _replied(world: World) -> object:
    case = world.open(chat=5)
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        reply(session, signed_in=signed_in, case_id=case, text="x", relay_public_key=_relay(world))
    return case


def _delivery(world: World, case: object) -> str | None:
    signed_in = world.signed_in()
    with session_scope(world.engine) as session:
        opened = read_case(session, signed_in=signed_in, case_id=case, verify_key=world.public.bot_verify_key)  # type: ignore[arg-type]
    return opened.messages[-1].delivery
