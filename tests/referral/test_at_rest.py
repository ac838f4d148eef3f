"""What lies on the disk: no word of anybody, and nothing that was not sealed first. Who opens what: the matrix."""

import traceback

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from referral import append_message, erase, session_scope
from referral.models import CaseField
from tests.referral.conftest import DAY, World, code_of


@pytest.fixture
def full(world: World) -> World:
    """A world in which every table holds something."""
    case = world.open(narrative="canary-7f3a-qəribə", chat=987654321)
    world.take(case)
    world.reply(case, "canary-reply")
    gone = world.open(3, narrative="canary-erased")
    with session_scope(world.bot) as session:
        field = world.message(case, world.case(case).public_key, 7, "canary-message")
        append_message(session, case_id=case, message_id="tg-7", field=field, day=DAY)
        erase(session, case_id=gone, proof=code_of(3).tag)
    return world


def test_no_byte_of_a_story_is_in_the_database_files(full: World) -> None:
    content = full.database.everything()
    assert len(content) > 10_000
    for secret in (b"canary", "qəribə".encode(), b"987654321", b"passport", full.secret("route_key")):
        assert secret not in content


@pytest.mark.parametrize("value", ["in clear", b"in clear, but as bytes, and long enough to look sealed to somebody"])
def test_the_database_takes_no_plaintext(full: World, value: str | bytes) -> None:
    with session_scope(full.engine) as session:
        (case, field, seq) = session.execute(
            select(CaseField.case_id, CaseField.field, CaseField.seq)
        ).tuples().first() or ("", "", 0)
    with pytest.raises(StatementError, match="sealed values only"), session_scope(full.engine) as session:
        session.get_one(CaseField, (case, field, seq)).sealed = value  # type: ignore[assignment]


def test_an_error_of_the_database_shows_no_value(full: World) -> None:
    with session_scope(full.engine) as session:
        row = session.scalars(select(CaseField)).first()
        assert row is not None
        session.add(CaseField(case_id=row.case_id, field="canary", seq=0, sealed=row.sealed, signature=b"", day=None))
        with pytest.raises(StatementError) as caught:
            session.flush()
        session.rollback()
    assert "canary" not in "".join(traceback.format_exception(caught.value))
    assert "null" in str(caught.value).lower()


@pytest.mark.databases("sqlite")
def test_the_database_file_is_for_its_owner_only(full: World) -> None:
    assert {file.stat().st_mode & 0o777 for file in full.data_dir.glob("korpu.db*")} == {0o600}
