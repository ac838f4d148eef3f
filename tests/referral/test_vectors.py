"""Frozen known answers: what was written with a format version must open for ever, and nothing else may."""

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.crypto.binding import Binding, check_binding, unpack_address
from referral.crypto.certificates import StaffIdentity, check_certificate, organisation_verify_key
from referral.crypto.codes import derive_code
from referral.crypto.escrow import key_from_paper, recover
from referral.crypto.letters import open_letter
from referral.crypto.manifest import open_manifest
from referral.crypto.records import RecordContext, open_record, verify_record
from referral.crypto.routes import open_on_call, open_route, route_tag
from referral.crypto.sealed import Sealed
from referral.crypto.staff import StaffLock, staff_signing_key, unlock_staff
from referral.errors import ForgedRecord, ManifestForged, RecordMismatch, SealBroken
from referral.safe_contact import SafeContact
from tests.referral.vectors.make import CASE, KEY, PAYLOAD, STAFF

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "v1.json").read_text(encoding="utf-8"))
PUBLIC = bytes(PrivateKey(KEY).public_key)
VERIFY = bytes(SigningKey(KEY).verify_key)
CONTEXT = RecordContext(CASE, "case_field", "narrative", 3)


def raw(name: str) -> bytes:
    """Return one vector."""
    return base64.b64decode(VECTORS[name])


def damaged(value: bytes) -> list[bytes]:
    """Return what a thief might make of a value: each bit of its ends flipped, cut short, made longer."""
    places = {0, 1, len(value) // 2, len(value) - 1}
    flipped = [value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :] for at in places for bit in range(8)]
    return [*flipped, value[:-1], value[1:], value + b"\x00", value[: len(value) // 2]]


def test_a_record_opens() -> None:
    sealed = Sealed(raw("record"))
    assert open_record(private_key=KEY, sealed=sealed, context=CONTEXT) == PAYLOAD
    verify_record(verify_key=VERIFY, context=CONTEXT, sealed=sealed, signature=raw("record_signature"))


@pytest.mark.parametrize("value", damaged(raw("record")))
def test_a_damaged_record_is_refused(value: bytes) -> None:
    with pytest.raises(SealBroken):
        open_record(private_key=KEY, sealed=Sealed(value), context=CONTEXT)
    with pytest.raises(ForgedRecord):
        verify_record(verify_key=VERIFY, context=CONTEXT, sealed=Sealed(value), signature=raw("record_signature"))


@pytest.mark.parametrize("value", damaged(raw("record_signature")))
def test_a_damaged_signature_is_refused(value: bytes) -> None:
    with pytest.raises(ForgedRecord):
        verify_record(verify_key=VERIFY, context=CONTEXT, sealed=Sealed(raw("record")), signature=value)


@pytest.mark.parametrize(
    "context",
    [
        RecordContext(STAFF, "case_field", "narrative", 3),
        RecordContext(CASE, "case_message", "narrative", 3),
        RecordContext(CASE, "case_field", "place", 3),
        RecordContext(CASE, "case_field", "narrative", 4),
    ],
)
def test_a_record_in_another_place_is_refused(context: RecordContext) -> None:
    sealed = Sealed(raw("record"))
    with pytest.raises(RecordMismatch):
        open_record(private_key=KEY, sealed=sealed, context=context)
    with pytest.raises(ForgedRecord):
        verify_record(verify_key=VERIFY, context=context, sealed=sealed, signature=raw("record_signature"))


def test_a_route_opens_with_its_contract() -> None:
    route = open_route(raw("route"), route_key=KEY)
    assert (route.chat_id, route.case_id, route.case_public_key, route.language) == (12345, CASE, PUBLIC, "az")
    assert route.safe_contact == SafeContact("morning", "notice")
    assert route_tag(12345, index_key=KEY) == raw("route_tag")
    colleague = open_on_call(raw("on_call"), route_key=KEY)
    assert (colleague.chat_id, colleague.language) == (12345, "ru")


@pytest.mark.parametrize("value", [*damaged(raw("route")), raw("on_call")])
def test_a_damaged_route_is_refused_and_a_colleagues_is_no_persons(value: bytes) -> None:
    with pytest.raises(SealBroken):
        open_route(value, route_key=KEY)


def test_a_certificate_fits_one_identity_only() -> None:
    identity = StaffIdentity(CASE, 2, STAFF, "leyla", "intake", PUBLIC, VERIFY)
    key = organisation_verify_key(KEY)
    check_certificate(identity, raw("certificate"), verify_key=key)
    others = [
        StaffIdentity(STAFF, 2, STAFF, "leyla", "intake", PUBLIC, VERIFY),
        StaffIdentity(CASE, 3, STAFF, "leyla", "intake", PUBLIC, VERIFY),
        StaffIdentity(CASE, 2, CASE, "leyla", "intake", PUBLIC, VERIFY),
        StaffIdentity(CASE, 2, STAFF, "samir", "intake", PUBLIC, VERIFY),
        StaffIdentity(CASE, 2, STAFF, "leyla", "supervisor", PUBLIC, VERIFY),
        StaffIdentity(CASE, 2, STAFF, "leyla", "intake", VERIFY, VERIFY),
        StaffIdentity(CASE, 2, STAFF, "leyla", "intake", PUBLIC, PUBLIC),
    ]
    for other in others:
        with pytest.raises(ForgedRecord, match="not certified"):
            check_certificate(other, raw("certificate"), verify_key=key)
    with pytest.raises(ForgedRecord):
        check_certificate(identity, raw("certificate"), verify_key=VERIFY)


def test_a_code_leads_to_the_same_keys() -> None:
    keys = derive_code("1234567890123452", pepper=bytes(16))
    assert (keys.tag, keys.public_key) == (raw("code_tag"), raw("code_public_key"))
    assert bytes(PrivateKey(keys.private_key).public_key) == keys.public_key


def test_a_lock_opens_with_its_passphrase() -> None:
    parts = {name: base64.b64decode(value) for name, value in VECTORS["lock"].items()}
    lock = StaffLock(parts["salt"], 1, 8 * 1024 * 1024, parts["login_hash"], parts["locked"])
    assert unlock_staff(" neme-vike-notu ", lock) == KEY
    assert unlock_staff("neme-vike-nota", lock) is None
    assert staff_signing_key(KEY) == raw("staff_signing_key")


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1), (1, 3), (3, 2)])
def test_two_custodians_open_the_escrow(one: int, other: int) -> None:
    shares = {pair: Sealed(base64.b64decode(value)) for pair, value in VECTORS["shares"].items()}
    assert recover(shares, bytes([one]) * 32, bytes([other]) * 32) == KEY


def test_a_custodians_paper_reads_as_it_was_printed() -> None:
    assert key_from_paper(VECTORS["paper"]) == KEY


def test_the_list_of_keys_opens() -> None:
    manifest = open_manifest(VECTORS["manifest"].encode(), admin_verify_key=VERIFY)
    assert (manifest.number, manifest.expires, manifest.demo) == (7, dt.date(2027, 12, 31), False)
    own = manifest.organisation(CASE)
    assert own is not None
    assert (own.name, own.epoch, own.public_key) == ("Ümid", 2, PUBLIC)
    assert own.verify_keys == {2: organisation_verify_key(KEY)}
    with pytest.raises(ManifestForged):
        open_manifest(VECTORS["manifest"].encode(), admin_verify_key=PUBLIC)


def test_what_belongs_to_a_case_is_still_believed() -> None:
    binding, signature = unpack_address(CASE, raw("address"))
    assert binding == Binding.of(
        case_id=CASE, public_key=PUBLIC, code_tag=raw("code_tag"), reply_public_key=raw("code_public_key")
    )
    check_binding(binding, signature, verify_keys=(VERIFY,))


@pytest.mark.parametrize("value", damaged(raw("address")))
def test_a_damaged_address_is_refused(value: bytes) -> None:
    with pytest.raises(ForgedRecord):
        check_binding(*unpack_address(CASE, value), verify_keys=(VERIFY,))


def test_a_letter_is_still_a_colleagues() -> None:
    manifest = open_manifest(VECTORS["manifest"].encode(), admin_verify_key=VERIFY)
    body = open_letter(VECTORS["letter"].encode(), case_id=CASE, manifest=manifest)
    assert body == {"kind": "reply", "text": PAYLOAD, "case_id": CASE.hex}
