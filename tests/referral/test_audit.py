"""The audit log: every change of the past is found."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from referral import session_scope
from referral.audit import Act, append, entries_about, verify
from referral.models import AuditEvent
from tests.referral.conftest import World

ATTACKS = {
    "edited": "UPDATE audit_event SET body = replace(body, 'person', 'nobody') WHERE seq = 4",
    "deleted in the middle": "DELETE FROM audit_event WHERE seq = 4",
    "deleted at the beginning": "DELETE FROM audit_event WHERE seq = 1",
    "moved to another case": "UPDATE audit_event SET object_id = NULL WHERE seq = 4",
    "reordered": "UPDATE audit_event SET seq = CASE seq WHEN 4 THEN -5 WHEN 5 THEN 4 END WHERE seq IN (4, 5)",
    "replaced by a copy": "UPDATE audit_event SET body = (SELECT body FROM audit_event WHERE seq = 5) WHERE seq = 4",
}
TRIGGERS = {
    "sqlite": ("audit_event_no_update", "audit_event_no_delete"),
    "postgresql": ("audit_event_no_change ON audit_event",),
}


@pytest.fixture
def logged(world: World) -> World:
    """A world with a log of five entries: two accounts and three requests."""
    for number in range(1, 4):
        world.open(number)
    return world


def test_a_whole_log_is_whole(logged: World) -> None:
    with session_scope(logged.engine) as session:
        assert verify(session) == []
    assert logged.count(AuditEvent) == 5


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET body = '{}' WHERE seq = 2", "DELETE FROM audit_event"])
def test_the_database_refuses_changes(logged: World, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), session_scope(logged.engine) as session:
        session.execute(text(statement))
    assert logged.count(AuditEvent) == 5


@pytest.mark.parametrize("attack", ATTACKS)
def test_who_gets_around_the_triggers_is_found_out(logged: World, attack: str) -> None:
    with logged.engine.begin() as connection:
        for trigger in TRIGGERS[connection.dialect.name]:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(ATTACKS[attack]))
        if attack == "reordered":
            connection.execute(text("UPDATE audit_event SET seq = 5 WHERE seq = -5"))
        assert verify(Session(connection)) != []


def test_an_entry_is_undone_with_what_it_tells_about(world: World) -> None:
    before = world.count(AuditEvent)

    def fail_after_the_entry() -> None:
        with session_scope(world.bot) as session:
            append(session, act=Act.MESSAGE_RECEIVED, actor="person", role="person")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_the_entry()
    assert world.count(AuditEvent) == before


def test_moments_are_minutes_and_hold_no_story(world: World) -> None:
    case = world.open(narrative="canary", chat=987654321)
    with session_scope(world.engine) as session:
        (entry,) = entries_about(session, case)
        bodies = "".join(row.body for row in session.query(AuditEvent))
    assert (entry.at.second, entry.at.microsecond, entry.at.tzinfo) == (0, 0, dt.UTC)
    assert "canary" not in bodies
    assert "987654321" not in bodies
