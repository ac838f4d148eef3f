"""What the gateway refuses, whoever can write into the database, or runs Rasa or the action server."""

import base64
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from nacl.public import PrivateKey
from sqlalchemy import select

from bot.gateway.genuine import key_of_case, letter_to_chat, letter_under_code, own_route
from bot.gateway.keys import GatewayKeys, Published, load_keys
from bot.gateway.sealing import begin_intake, build_submission
from referral import outbox, session_scope, status_for_code, status_for_route, submission_from_json
from referral.crypto import CodeKeys, Sealed, open_bytes, open_route, route_tag, seal_bytes
from referral.crypto.manifest import Manifest
from referral.errors import ForgedRecord, RecordMismatch, SealBroken
from referral.models import CaseRecord, OutboxRow, PullReplyRow, RouteRow
from tests.referral.conftest import World, code_of, world

__all__ = ["world"]  # the fixture
GIVEN = {"given_at": "2026-11-24T10:00+00:00", "scope": "own"}
CHAT, THIEFS = 994501111111, 994502222222


@dataclass
class Gateway:
    """What the gateway holds, and two cases: a person's, and one that a thief opened from their own chat."""

    world: World
    keys: GatewayKeys
    manifest: Manifest
    case: UUID
    thiefs: UUID

    def address(self, chat: int | None = None, number: int = 1) -> str:
        """Return what the action server hands over for a case, found by chat or by code."""
        with session_scope(self.world.engine) as session:
            if chat is None:
                view = status_for_code(session, code_tag=code_of(number).tag)
                assert view is not None
                return view.address
            (found,) = status_for_route(session, route_tag=route_tag(chat, index_key=self.keys.index_key))
            return found.address

    def key(self, address: str, *, chat: int = CHAT, code: CodeKeys | None = None, case: UUID | None = None) -> bytes:
        """Return the key to which the gateway would seal."""
        return key_of_case(case or self.case, address, chat_id=chat, code=code, keys=self.keys, manifest=self.manifest)

    def public_key(self, case: UUID) -> bytes:
        """Return a case's key as the database has it."""
        with session_scope(self.world.engine) as session:
            return session.get_one(CaseRecord, case).public_key

    def due(self) -> list[tuple[bytes, Sealed]]:
        """Return the letters on their way to chats, each with the route that the database puts beside it."""
        with session_scope(self.world.engine) as session:
            items = outbox.due(session, now=dt.datetime.now(tz=dt.UTC) + dt.timedelta(hours=1), limit=9)
        return [(item.route_box, item.sealed) for item in items]

    def letter(self, box: bytes, sealed: Sealed) -> str:
        """Return the text that the gateway would send."""
        route = open_route(box, route_key=self.keys.route_key)
        return str(letter_to_chat(sealed, route=route, keys=self.keys, manifest=self.manifest)["text"])


@pytest.fixture
def gateway(world: World) -> Iterator[Gateway]:
    """A gateway with two push cases that have been answered."""
    cases = [world.open(number, chat=chat) for number, chat in ((1, CHAT), (2, THIEFS))]
    for case in cases:
        world.take(case)
        world.reply(case, f"for {case.hex}")
    return Gateway(world, load_keys(world.data_dir), world.trust.manifest, *cases)


def test_a_genuine_case_is_believed_by_chat_and_by_code(gateway: Gateway) -> None:
    own = gateway.public_key(gateway.case)
    assert gateway.key(gateway.address(CHAT)) == own
    assert gateway.key(gateway.address(), code=code_of(1), chat=5) == own


def test_what_a_person_writes_is_never_sealed_to_a_key_that_was_put_there(gateway: Gateway) -> None:
    thief = bytes(PrivateKey.generate().public_key)
    with session_scope(gateway.world.engine) as session:
        session.get_one(CaseRecord, gateway.case).public_key = thief
    assert gateway.key(gateway.address(CHAT)) != thief
    with pytest.raises(ForgedRecord, match="exchanged"):
        gateway.key(gateway.address(), code=code_of(1))


def test_a_code_that_was_put_beside_a_case_leads_nowhere(gateway: Gateway) -> None:
    with session_scope(gateway.world.engine) as session:
        victim, thiefs = (session.get_one(CaseRecord, case) for case in (gateway.case, gateway.thiefs))
        thiefs.code_tag = bytes(32)
        session.flush()
        victim.code_tag, victim.reply_public_key = code_of(2).tag, code_of(2).public_key
    with pytest.raises(ForgedRecord):
        gateway.key(gateway.address(number=2), code=code_of(2), chat=THIEFS)


def test_a_chat_that_was_put_beside_a_case_writes_nothing_in_the_persons_name(gateway: Gateway) -> None:
    _swap_routes(gateway, "route_tag")
    with pytest.raises(ForgedRecord, match="has not proved"):
        gateway.key(gateway.address(THIEFS), chat=THIEFS)
    with session_scope(gateway.world.engine) as session:
        tag = route_tag(THIEFS, index_key=gateway.keys.index_key)
        box = session.scalars(select(RouteRow.route_box).where(RouteRow.route_tag == tag)).one()
    with pytest.raises(ForgedRecord, match="has not proved"):
        own_route(box, chat_id=THIEFS, keys=gateway.keys)
    assert own_route(box, chat_id=CHAT, keys=gateway.keys).case_id == gateway.case


def test_rubbish_is_no_address(gateway: Gateway) -> None:
    for address in ("", "chat.", "code.", "chat.AAAA", "code.AAAA", "chat.!", "own.AAAA", "code.Ä"):
        with pytest.raises(ForgedRecord):
            gateway.key(address, code=code_of(1))


def test_a_proof_counts_for_its_own_case_and_needs_the_code(gateway: Gateway) -> None:
    for address, code in ((gateway.address(CHAT), None), (gateway.address(), code_of(1))):
        with pytest.raises(ForgedRecord):
            gateway.key(address, code=code, case=gateway.thiefs)
    for code in (None, code_of(2)):
        with pytest.raises(ForgedRecord, match="has not proved"):
            gateway.key(gateway.address(), code=code)
    changed = bytearray(base64.urlsafe_b64decode(gateway.address(CHAT).removeprefix("chat.")))
    changed[-1] ^= 1
    with pytest.raises(ForgedRecord):
        gateway.key("chat." + base64.urlsafe_b64encode(changed).decode())


def test_each_reply_goes_to_its_own_chat(gateway: Gateway) -> None:
    assert sorted(gateway.letter(*each) for each in gateway.due()) == sorted(
        f"for {case.hex}" for case in (gateway.case, gateway.thiefs)
    )


@pytest.mark.parametrize("what", ["route_box", "sealed"])
def test_a_reply_never_goes_to_a_chat_that_was_put_beside_it(gateway: Gateway, what: str) -> None:
    if what == "route_box":
        _swap_routes(gateway, what)
    else:
        _swap_letters(gateway)
    pairs = gateway.due()
    assert len(pairs) == 2
    for box, sealed in pairs:
        with pytest.raises(RecordMismatch, match="another case"):
            gateway.letter(box, sealed)


def test_words_that_no_caseworker_wrote_are_never_shown(gateway: Gateway) -> None:
    (box, sealed), *_ = gateway.due()
    body = json.loads(open_bytes(gateway.keys.relay_key, sealed))
    changed = json.dumps({**body, "text": "come to the bridge"}).encode()
    own = {"private_key": code_of(1).private_key, "case_id": gateway.case, "manifest": gateway.manifest}
    for content in (b"rubbish", b"{}", b'{"kind": "reply", "text": "come to the bridge"}', changed):
        with pytest.raises(ForgedRecord, match="not written by a caseworker"):
            gateway.letter(box, seal_bytes(gateway.manifest.relay_public_key, content))
        with pytest.raises(ForgedRecord, match="not written by a caseworker"):
            letter_under_code(seal_bytes(code_of(1).public_key, content), **own)  # type: ignore[arg-type]


def test_a_letter_for_the_gateway_opens_with_its_key_only(gateway: Gateway) -> None:
    (box, sealed), *_ = gateway.due()
    with pytest.raises(SealBroken):
        letter_to_chat(
            sealed,
            route=open_route(box, route_key=gateway.keys.route_key),
            keys=replace(gateway.keys, relay_key=bytes(PrivateKey.generate())),
            manifest=gateway.manifest,
        )


def test_what_waits_under_a_code_is_shown_for_its_own_case(gateway: Gateway) -> None:
    with session_scope(gateway.world.engine) as session:
        row = session.scalars(select(PullReplyRow).where(PullReplyRow.case_id == gateway.case)).one()
    own = {"private_key": code_of(1).private_key, "manifest": gateway.manifest}
    assert letter_under_code(row.sealed, case_id=gateway.case, **own)["text"] == f"for {gateway.case.hex}"  # type: ignore[arg-type]
    with pytest.raises(RecordMismatch):
        letter_under_code(row.sealed, case_id=uuid4(), **own)  # type: ignore[arg-type]


def test_a_referral_is_bound_by_the_gateway_that_opens_it(gateway: Gateway) -> None:
    organisation = Published(gateway.world.data_dir, retention_days=90).organisation()
    intake = begin_intake(organisation)
    filled = {"choices": {"topic": "work"}, "sealed": {}, "consent": GIVEN}
    built = build_submission(
        intake,
        filled,
        update_id=5,
        chat_id=CHAT,
        language="az",
        urgency="normal",
        wording={"version": "1", "text": "words", "language": "az", "blake2b": "00"},
        keys=gateway.keys,
        organisation=organisation,
    )
    submission = submission_from_json(built["submission"])
    row = CaseRecord(
        case_id=submission.case_id,
        public_key=submission.public_key,
        code_tag=submission.code_tag,
        reply_public_key=submission.reply_public_key,
        binding=submission.binding,
    )
    gateway.world.trust.check_binding(row)
    row.code_tag = bytes(32)
    with pytest.raises(ForgedRecord):
        gateway.world.trust.check_binding(row)


def _swap_routes(gateway: Gateway, column: str) -> None:
    """Let the two routes change a column."""
    with session_scope(gateway.world.engine) as session:
        one, other = session.scalars(select(RouteRow)).all()
        first, second = getattr(one, column), getattr(other, column)
        setattr(one, column, second)
        setattr(other, column, first)


def _swap_letters(gateway: Gateway) -> None:
    """Let the two letters on their way change places."""
    with session_scope(gateway.world.engine) as session:
        one, other = session.scalars(select(OutboxRow)).all()
        one.sealed, other.sealed = other.sealed, one.sealed
