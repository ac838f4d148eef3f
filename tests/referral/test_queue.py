"""The queue: who waits comes first, and nobody is lost from it."""

import pytest
from sqlalchemy import event

from referral import append_message, session_scope
from referral.crypto import RecordContext, Sealed, seal_bytes, seal_record
from referral.enums import StaffRole
from referral.models import CaseField, CaseRecord
from referral.service.glance import hidden_cases
from referral.service.queue import QueueEntry, open_queue
from tests.referral.conftest import DAY, World


def queue(world: World, login: str = "leyla") -> list[QueueEntry]:
    """Return the queue of a member of staff."""
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        return open_queue(session, signed_in=signed_in)


def test_danger_comes_first_then_the_longest_waiting(world: World) -> None:
    for number, urgency in ((1, "normal"), (2, "concern"), (3, "danger"), (4, "normal")):
        world.open(number, urgency=urgency)
    assert [(entry.urgency.value, entry.opened_at.minute) for entry in queue(world)] == [
        ("danger", 3),
        ("concern", 2),
        ("normal", 1),
        ("normal", 4),
    ]


def test_a_case_is_unanswered_while_the_last_word_is_the_persons(world: World) -> None:
    case = world.open()
    assert queue(world)[0].unanswered
    world.take(case)
    world.reply(case)
    assert not queue(world)[0].unanswered
    with session_scope(world.bot) as session:
        # Telegram's number is lower than the reply's: numbers of the two sides cannot be compared
        field = world.message(case, world.case(case).public_key, 0, "one more thing")
        append_message(session, case_id=case, message_id="tg-0", field=field, day=DAY)
    assert queue(world)[0].unanswered
    world.close(case)
    assert not queue(world)[0].unanswered


@pytest.mark.parametrize("payload", ["", "[]", "{}", '{"topic": "work", "urgency": "soon"}', None])
def test_one_broken_index_takes_nobody_elses_place(world: World, payload: str | None) -> None:
    broken, whole = world.open(1), world.open(2)
    with session_scope(world.engine) as session:
        key = session.get_one(CaseRecord, broken).public_key
        session.get_one(CaseField, (broken, "index", 0)).sealed = _index(broken, key, payload)
    entries = queue(world)
    assert [entry.case_id for entry in entries] == [whole]
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        assert hidden_cases(session, signed_in=signed_in, shown={whole}) == (broken,)


def test_who_holds_no_key_sees_no_case(world: World) -> None:
    world.open()
    world.hire("editor", StaffRole.EDITOR)
    assert queue(world, "editor") == []


def test_the_queue_asks_the_database_as_often_for_many_cases_as_for_one(world: World) -> None:
    asked: list[str] = []
    event.listen(world.console, "before_cursor_execute", lambda _c, _cursor, text, *_: asked.append(text))
    counts = []
    for number in range(1, 4):
        world.open(number)
        signed_in = world.signed_in()
        asked.clear()
        with session_scope(world.console) as session:
            assert len(open_queue(session, signed_in=signed_in)) == number
        counts.append(len(asked))
    assert len(set(counts)) == 1


def _index(case: object, key: bytes, payload: str | None) -> Sealed:
    if payload is None:
        return seal_bytes(key, b"not a record")
    context = RecordContext(case, "case_field", "index", 0)  # type: ignore[arg-type]
    return seal_record(public_key=key, context=context, payload=payload, day=DAY)
