"""Questions without an answer: the console opens them, and nobody else can."""

import pytest

from referral import StaffRole, session_scope
from referral.crypto import Sealed
from referral.enums import GapKind
from referral.errors import NotPermitted
from referral.feedback.content_key import read_content_key
from referral.feedback.gaps import drop_gaps, open_gaps
from referral.feedback.private_key import read_private_content_key
from referral.keys import ensure_secrets
from referral.models import ContentGap
from tests.referral.conftest import World
from tests.referral.feedback.said import ask

TEXT = "canary: necə pasport ala bilərəm?"


def texts(world: World, key: bytes) -> list[str | None]:
    """Return the questions as somebody with a key reads them."""
    with session_scope(world.console) as session:
        return [gap.text for gap in open_gaps(session, private_key=key)]


def test_the_console_reads_what_was_asked_and_the_other_keys_open_nothing(world: World) -> None:
    ask(world, 1, TEXT)
    assert texts(world, read_private_content_key(world.data_dir)) == [TEXT]
    assert [texts(world, world.secret(name)) for name in ("relay_key", "route_key")] == [[None], [None]]
    assert b"canary" not in world.database.everything()


def test_the_two_halves_of_the_key_stay_a_pair(world: World) -> None:
    (world.data_dir / "secrets" / "content_key").unlink()
    ensure_secrets(world.data_dir)
    ask(world, 1, TEXT)
    assert texts(world, read_private_content_key(world.data_dir)) == [TEXT]
    before = read_content_key(world.data_dir)
    ensure_secrets(world.data_dir)
    assert read_content_key(world.data_dir) == before


def test_a_file_that_is_no_key_is_refused(world: World) -> None:
    (world.data_dir / "public" / "content_key").write_bytes(b"short")
    with pytest.raises(ValueError, match="must have 32 bytes"):
        read_content_key(world.data_dir)


def test_one_that_does_not_open_hides_no_other(world: World) -> None:
    ask(world, 1, TEXT)
    ask(world, 2, TEXT)
    with session_scope(world.engine) as session:
        session.query(ContentGap).first().sealed = Sealed(bytes(100))  # type: ignore[union-attr]
    assert sorted(map(str, texts(world, read_private_content_key(world.data_dir)))) == sorted([TEXT, "None"])


def test_a_person_is_the_same_in_one_month_and_another_in_the_next(world: World) -> None:
    for chat, days in ((1, 0), (1, 1), (2, 0), (1, 31)):
        ask(world, chat, TEXT, days=days)
    with session_scope(world.console) as session:
        gaps = open_gaps(session, private_key=read_private_content_key(world.data_dir))
    assert [gap.day for gap in gaps] == sorted((gap.day for gap in gaps), reverse=True)
    assert len({gap.who for gap in gaps}) == 3
    assert {(gap.kind, gap.intent) for gap in gaps} == {(GapKind.FALLBACK, None)}


def test_an_editor_deletes_what_is_settled_and_nobody_else(world: World) -> None:
    world.hire("nina", StaffRole.EDITOR)
    ask(world, 1, TEXT)
    ask(world, 1, TEXT)
    leyla, nina = world.signed_in("leyla"), world.signed_in("nina")
    with session_scope(world.console) as session:
        first, _ = open_gaps(session, private_key=read_private_content_key(world.data_dir))
        with pytest.raises(NotPermitted):
            drop_gaps(session, ids=[first.id], staff=leyla)
        assert drop_gaps(session, ids=[first.id], staff=nina) == 1
    assert world.count(ContentGap) == 1


def test_no_text_is_in_what_an_error_would_show(world: World) -> None:
    ask(world, 1, TEXT)
    with session_scope(world.console) as session:
        (gap,) = open_gaps(session, private_key=read_private_content_key(world.data_dir))
    assert "canary" not in repr(gap)
