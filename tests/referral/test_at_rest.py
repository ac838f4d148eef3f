"""What a thief gets: every stored blob is tried with everything that a thief of each kind would hold."""

import traceback
from collections.abc import Iterable

import pytest
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import LargeBinary, select
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeDecorator

from referral import append_message, erase, session_scope
from referral.crypto import Sealed, open_bytes, open_route
from referral.errors import SealBroken
from referral.keys import SECRETS
from referral.models import Base, CaseField
from referral.service.staff import organisation_keys
from tests.referral.conftest import DAY, World, code_of

Blobs = dict[str, list[bytes]]


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


def stored(world: World) -> Blobs:
    """Return all binary values of the database, by table and column."""
    blobs: Blobs = {}
    with session_scope(world.engine) as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
                if isinstance(kind, LargeBinary):
                    found = [value for value in session.scalars(select(column)) if value is not None]
                    blobs[f"{table.name}.{column.name}"] = [_bytes(value) for value in found]
    return blobs


def opened(world: World, keys: Iterable[bytes]) -> set[str]:
    """Return the columns of which at least one value opens with one of the keys, in any of our ways."""
    held = list(keys)
    return {
        name for name, values in stored(world).items() if any(_opens(key, value) for key in held for value in values)
    }


def test_the_database_alone_opens_nothing(full: World) -> None:
    blobs = stored(full)
    short = [value for values in blobs.values() for value in values if len(value) == 32]
    assert len(short) >= 8
    assert opened(full, short) == set()


def test_the_gateways_host_opens_what_is_on_its_way_only(full: World) -> None:
    secrets = [full.secret(name)[:32] for name in SECRETS if len(full.secret(name)) >= 32]
    assert opened(full, secrets) == {"outbox.sealed", "route.route_box"}


def test_a_code_opens_the_replies_under_it_only(full: World) -> None:
    assert opened(full, [code_of(1).private_key]) == {"pull_reply.sealed"}
    assert opened(full, [code_of(2).private_key]) == set()


def test_an_intake_worker_opens_the_cases_and_nothing_that_is_the_persons_own(full: World) -> None:
    samir = full.signed_in("samir")
    assert opened(full, [samir.private_key]) == {"organisation_key_grant.sealed_key"}
    with session_scope(full.console) as session:
        (organisation,) = organisation_keys(session, signed_in=samir).values()
    assert opened(full, [organisation]) == {"case_key.sealed_key"}
    with session_scope(full.engine) as session:
        keys = [Sealed(value) for value in stored(full)["case_key.sealed_key"]]
    case_keys = [key for key in (_try(organisation, sealed) for sealed in keys) if key is not None]
    assert opened(full, case_keys) == {"case_field.sealed", "case_message.sealed", "consent_record.sealed"}


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


def _bytes(value: Sealed | bytes) -> bytes:
    return value.blob if isinstance(value, Sealed) else value


def _opens(key: bytes, value: bytes) -> bool:
    return any(way(key, value) for way in (_as_sealed, _as_route, _as_locked))


def _as_sealed(key: bytes, value: bytes) -> bool:
    return len(value) > 48 and _try(key, Sealed(value)) is not None


def _try(key: bytes, sealed: Sealed) -> bytes | None:
    try:
        return open_bytes(key, sealed)
    except SealBroken:
        return None


def _as_route(key: bytes, value: bytes) -> bool:
    try:
        open_route(value, route_key=key)
    except SealBroken:
        return False
    return True


def _as_locked(key: bytes, value: bytes) -> bool:
    try:
        SecretBox(key).decrypt(value)
    except (CryptoError, ValueError):
        return False
    return True
