"""Checkpoints of the log: what was forged is refused, what was cut off or written anew is found."""

import base64
import datetime as dt
import json
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from sqlalchemy import delete, text

from referral import session_scope
from referral.audit import Act, append, head, verify
from referral.checkpoints import BadCheckpoint, compare, keep, kept, make, read, short
from referral.models import AuditEvent
from tests.referral.conftest import World
from tests.referral.test_audit import TRIGGERS

NOW = dt.datetime(2026, 11, 24, 10, 30, 45, tzinfo=dt.UTC)


def checkpoint(world: World) -> str:
    """Make a checkpoint as the gateway does."""
    with session_scope(world.engine) as session:
        made = make(session, signing_key=world.secret("bot_signing_key"), now=NOW)
    assert made is not None
    return made.line


def keys(world: World) -> tuple[bytes, ...]:
    """Return the keys that the signed list names."""
    return world.trust.manifest.bot_verify_keys


def test_a_genuine_checkpoint_fits_the_log_and_says_the_minute(world: World) -> None:
    found = read(checkpoint(world), verify_keys=keys(world))
    with session_scope(world.engine) as session:
        assert (found.seq, found.hash) == head(session)
        assert compare(session, found) is None
    assert found.at == NOW.replace(second=0)
    assert short(found.seq, found.hash).startswith(f"{found.seq}-")


def test_a_forged_checkpoint_is_refused(world: World) -> None:
    line = checkpoint(world)
    whole = json.loads(line)
    other = base64.b64encode(SigningKey.generate().sign(b"x").signature).decode()
    forged = [
        *({**whole, name: value} for name, value in (("seq", whole["seq"] - 1), ("hash", "00" * 32))),
        *({**whole, name: value} for name, value in (("at", "2026-11-24T10:31:00+00:00"), ("signature", other))),
        *({key: value for key, value in whole.items() if key != name} for name in whole),
    ]
    for content in [*map(json.dumps, forged), line[:-1], "", "[]", "3", line.replace(whole["signature"][:4], "!!!!")]:
        with pytest.raises(BadCheckpoint):
            read(content, verify_keys=keys(world))
    for strangers in ((), (bytes(SigningKey.generate().verify_key),), (b"short",)):
        with pytest.raises(BadCheckpoint, match="not signed by the bot"):
            read(line, verify_keys=strangers)


@pytest.mark.parametrize("attack", ["cut off", "written anew"])
def test_a_log_that_verifies_by_itself_is_found_out(world: World, attack: str) -> None:
    found = read(checkpoint(world), verify_keys=keys(world))
    with session_scope(world.engine) as session:
        for trigger in TRIGGERS[world.engine.dialect.name]:
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(delete(AuditEvent).where(AuditEvent.seq >= found.seq))
        if attack == "written anew":
            append(session, act=Act.SIGNED_IN, actor="nobody", role="intake")
        assert verify(session) == []
        assert attack in (compare(session, found) or "")


def test_the_place_where_they_are_kept_only_grows(world: World, tmp_path: Path) -> None:
    first, folder = checkpoint(world), tmp_path / "elsewhere"
    keep(folder, first)
    with session_scope(world.engine) as session:
        append(session, act=Act.SIGNED_IN, actor="nobody", role="intake")
    second = checkpoint(world)
    keep(folder, second)
    (file,) = folder.iterdir()
    assert kept(file) == [first, second]
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert first != second


def test_an_empty_log_has_no_checkpoint(world: World) -> None:
    with session_scope(world.engine) as session:
        for trigger in TRIGGERS[world.engine.dialect.name]:
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(delete(AuditEvent))
        assert make(session, signing_key=world.secret("bot_signing_key"), now=NOW) is None
