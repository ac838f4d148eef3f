"""The signed list of keys: forged, old and expired ones are refused."""

import base64
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from referral import session_scope
from referral.adminkey import AdminKeyError, demo_admin_key, load_admin_key, new_admin_key, save_admin_key
from referral.crypto.manifest import (
    ListedOrganisation,
    Manifest,
    Seen,
    check_current,
    open_manifest,
    seen_from,
    seen_from_text,
    seen_to_text,
    sign_manifest,
)
from referral.errors import KeyListError, ManifestExpired, ManifestForged, ManifestRolledBack
from referral.published import FILE, PIN, SEEN, read_public
from referral.publishing import DRAFT, renew, settle
from referral.service.common import today
from tests.referral.conftest import QUICK, World, new_organisation

ADMIN = SigningKey(bytes(32))
OWN = UUID(int=1)


def manifest(number: int = 3, epoch: int = 2) -> Manifest:
    """Return a list with one organisation."""
    listed = ListedOrganisation(OWN, "Ümid", epoch, bytes(32), {epoch: bytes(32)})
    return Manifest(
        number=number,
        issued=dt.date(2026, 1, 1),
        expires=dt.date(2027, 1, 1),
        demo=False,
        intake=OWN,
        relay_public_key=bytes(32),
        bot_verify_keys=(bytes(32),),
        custodians=(),
        organisations=(listed,),
    )


def signed(made: Manifest) -> bytes:
    """Sign a list."""
    return sign_manifest(made, admin_key=bytes(ADMIN))


def opened(content: bytes, seen: Seen | None = None) -> Manifest:
    """Open a list as a host does."""
    return open_manifest(content, admin_verify_key=bytes(ADMIN.verify_key), seen=seen)


def test_a_list_comes_back_as_it_was_signed() -> None:
    assert opened(signed(manifest())) == manifest()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        json.dumps({"body": "{}", "signature": ""}).encode(),
        json.dumps({"body": 3, "signature": "AAAA"}).encode(),
        signed(manifest()).replace(b"mid", b"mit"),
        signed(manifest()).replace(b"number", b"Number"),
        sign_manifest(manifest(), admin_key=bytes(31) + b"\x01"),
    ],
)
def test_a_forged_list_is_refused(content: bytes) -> None:
    with pytest.raises(ManifestForged):
        opened(content)


def test_each_changed_bit_of_the_signed_part_is_noticed() -> None:
    content = signed(manifest())
    outer = json.loads(content)
    for place in range(0, len(outer["body"]), 7):
        body = outer["body"][:place] + chr(ord(outer["body"][place]) ^ 1) + outer["body"][place + 1 :]
        with pytest.raises(ManifestForged):
            opened(json.dumps({**outer, "body": body}).encode())


def test_a_form_that_is_not_known_is_refused_even_when_signed() -> None:
    body = json.dumps({"v": 2})
    signature = ADMIN.sign(b"korpu-manifest-1\x00" + body.encode()).signature
    content = json.dumps({"body": body, "signature": base64.b64encode(signature).decode()}).encode()
    with pytest.raises(ManifestForged, match="form"):
        opened(content)


def test_an_older_list_or_an_older_key_is_refused() -> None:
    seen = seen_from(manifest(number=3, epoch=2))
    assert opened(signed(manifest(number=3, epoch=2)), seen).number == 3
    assert opened(signed(manifest(number=4, epoch=3)), seen).number == 4
    with pytest.raises(ManifestRolledBack, match="number 2"):
        opened(signed(manifest(number=2, epoch=2)), seen)
    with pytest.raises(ManifestRolledBack, match="old key"):
        opened(signed(manifest(number=4, epoch=1)), seen)


def test_what_was_seen_survives_being_written_down() -> None:
    seen = Seen(9, {uuid4(): 3, uuid4(): 1})
    assert seen_from_text(seen_to_text(seen)) == seen
    for broken in ("", "{}", "[]", '{"number": 1, "epochs": {"x": 1}}'):
        with pytest.raises(ManifestForged):
            seen_from_text(broken)


def test_a_list_ends_on_its_last_day() -> None:
    check_current(manifest(), today=dt.date(2027, 1, 1))
    with pytest.raises(ManifestExpired, match="korpu keys sign"):
        check_current(manifest(), today=dt.date(2027, 1, 2))


def test_a_host_refuses_the_list_of_yesterday(world: World) -> None:
    before = (world.data_dir / FILE).read_bytes()
    renew(world.data_dir, admin_key=demo_admin_key(world.data_dir), today=today())
    assert read_public(world.data_dir).manifest.number == 2
    (world.data_dir / FILE).write_bytes(before)
    with pytest.raises(ManifestRolledBack):
        read_public(world.data_dir)


def test_a_host_believes_its_own_administration_key_only(world: World) -> None:
    with pytest.raises(AdminKeyError, match="not the administration key"):
        renew(world.data_dir, admin_key=new_admin_key(), today=today())
    (world.data_dir / PIN).write_bytes(bytes(SigningKey.generate().verify_key))
    with pytest.raises(KeyListError):
        read_public(world.data_dir)


def test_a_broken_memory_of_what_was_seen_is_refused_not_ignored(world: World) -> None:
    (world.data_dir / SEEN).write_text("nothing")
    with pytest.raises(ManifestForged, match="cannot be read"):
        read_public(world.data_dir)


def test_a_list_without_the_organisation_that_takes_requests_is_refused(world: World) -> None:
    found = read_public(world.data_dir).manifest
    lost = replace(found, number=found.number + 1, intake=uuid4())
    (world.data_dir / FILE).write_bytes(sign_manifest(lost, admin_key=demo_admin_key(world.data_dir)))
    with pytest.raises(ManifestForged, match="takes requests"):
        read_public(world.data_dir)


def test_a_list_whose_keys_were_not_stored_never_takes_its_place(world: World) -> None:
    before = read_public(world.data_dir).manifest
    with Session(world.engine) as session:
        new_organisation(session, world.data_dir, "Other", "other")
        assert (world.data_dir / DRAFT).exists()
        session.rollback()
    assert read_public(world.data_dir).manifest == before
    assert not (world.data_dir / DRAFT).exists()


@pytest.mark.parametrize("stored", [True, False])
def test_a_crash_between_commit_and_list_is_mended_at_the_next_start(world: World, stored: bool) -> None:
    world.partner()
    content, draft = (world.data_dir / FILE).read_bytes(), world.data_dir / DRAFT
    if not stored:
        found = read_public(world.data_dir).manifest
        future = replace(found.organisations[0], epoch=9)
        content = sign_manifest(replace(found, organisations=(future,)), admin_key=demo_admin_key(world.data_dir))
    draft.write_bytes(content)
    with session_scope(world.engine) as session:
        settle(session, data_dir=world.data_dir)
    assert not draft.exists()
    assert len(read_public(world.data_dir).manifest.organisations) == 2


def test_the_administration_key_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    key, path = new_admin_key(), tmp_path / "admin.key"
    save_admin_key(path, key, passphrase="one-two", profile=QUICK)
    assert load_admin_key(path, passphrase="one-two") == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert key not in path.read_bytes()
    with pytest.raises(AdminKeyError, match="wrong"):
        load_admin_key(path, passphrase="one-three")
    with pytest.raises(AdminKeyError, match="exists already"):
        save_admin_key(path, key, passphrase="x", profile=QUICK)
    with pytest.raises(AdminKeyError, match="cannot be read"):
        load_admin_key(tmp_path / "nothing", passphrase="x")
    path.write_text("{}")
    with pytest.raises(AdminKeyError, match="not an administration key"):
        load_admin_key(path, passphrase="x")
