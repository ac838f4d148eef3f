"""The signed list of keys: its form, whose it is, and that it never goes back."""

import base64
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from nacl.signing import SigningKey

from referral.crypto.manifest import (
    VERSION,
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
from referral.errors import ManifestExpired, ManifestForged, ManifestRolledBack

ADMIN = SigningKey(bytes(range(32)))
ONE, OTHER = UUID(int=1), UUID(int=2)
FIRST = ListedOrganisation(ONE, "Ümid", 2, b"p" * 32, {1: b"v" * 32, 2: b"w" * 32})
SECOND = ListedOrganisation(OTHER, "Partner", 1, b"q" * 32, {1: b"x" * 32})
LIST = Manifest(
    number=3,
    issued=dt.date(2026, 1, 2),
    expires=dt.date(2027, 3, 4),
    demo=True,
    intake=ONE,
    relay_public_key=b"r" * 32,
    bot_verify_keys=(b"a" * 32, b"b" * 32),
    custodians=(b"c" * 32, b"d" * 32, b"e" * 32),
    organisations=(FIRST, SECOND),
)
BODY = {
    "v": 1,
    "number": 3,
    "issued": "2026-01-02",
    "expires": "2027-03-04",
    "demo": True,
    "intake": ONE.hex,
}


def signed(manifest: Manifest = LIST) -> bytes:
    """Sign a list."""
    return sign_manifest(manifest, admin_key=bytes(ADMIN))


def opened(content: bytes, seen: Seen | None = None) -> Manifest:
    """Open a list."""
    return open_manifest(content, admin_verify_key=bytes(ADMIN.verify_key), seen=seen)


def by_hand(body: object) -> bytes:
    """Sign any body at all."""
    text = body if isinstance(body, str) else json.dumps(body)
    signature = ADMIN.sign(b"korpu-manifest-1\x00" + text.encode()).signature
    return json.dumps({"body": text, "signature": base64.b64encode(signature).decode()}).encode()


def test_a_list_comes_back_as_it_was_signed() -> None:
    assert opened(signed()) == LIST
    assert opened(signed(replace(LIST, demo=False, custodians=()))) == replace(LIST, demo=False, custodians=())


def test_its_form_is_fixed() -> None:
    outer = json.loads(signed())
    body = json.loads(outer["body"])
    assert {key: body[key] for key in BODY} == BODY
    assert set(body) == {*BODY, "relay_public_key", "bot_verify_keys", "custodians", "organisations"}
    assert body["organisations"][0] == {
        "id": ONE.hex,
        "name": "Ümid",
        "epoch": 2,
        "public_key": base64.b64encode(b"p" * 32).decode(),
        "verify_keys": {"1": base64.b64encode(b"v" * 32).decode(), "2": base64.b64encode(b"w" * 32).decode()},
    }
    assert outer["body"] == json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "Ümid".encode() in signed()
    assert set(outer) == {"body", "signature"}
    assert len(signed().splitlines()) == 4


def test_an_organisation_is_found_by_its_number() -> None:
    assert LIST.organisation(OTHER) == SECOND
    assert LIST.organisation(ONE) == FIRST
    assert LIST.organisation(UUID(int=9)) is None


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff", b"{}", b"[]", b"3", b'{"body": 3, "signature": "AAAA"}', b'{"body": "{}", "signature": 3}'),
        signed().replace(b"Partner", b"Portner"),
        signed().replace(b'"signature": "', b'"signature": "!'),
        sign_manifest(LIST, admin_key=bytes(32)),
        json.dumps({**json.loads(signed()), "signature": ""}).encode(),
        json.dumps({**json.loads(signed()), "signature": "AAAA"}).encode(),
        json.dumps({"body": json.loads(signed())["body"]}).encode(),
        json.dumps({**json.loads(signed()), "signature": json.loads(signed())["signature"] + "\n"}).encode(),
    ],
)
def test_what_the_administration_key_did_not_sign_is_refused(content: bytes) -> None:
    with pytest.raises(ManifestForged, match="not signed with this system's administration key"):
        opened(content)


def test_a_signature_for_another_purpose_does_not_count() -> None:
    text = json.loads(signed())["body"]
    signature = ADMIN.sign(text.encode()).signature
    content = json.dumps({"body": text, "signature": base64.b64encode(signature).decode()}).encode()
    with pytest.raises(ManifestForged):
        opened(content)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_form_is_refused_even_when_signed(version: object) -> None:
    assert VERSION == 1
    with pytest.raises(ManifestForged, match="a form that this version does not know"):
        opened(by_hand({**json.loads(json.loads(signed())["body"]), "v": version}))
    with pytest.raises(ManifestForged):
        opened(by_hand({}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda made: replace(made, number=2), "is number 2; number 3 was seen before"),
        (lambda made: replace(made, organisations=(replace(FIRST, epoch=1), SECOND)), "an old key of 'Ümid'"),
        (lambda made: replace(made, number=9, organisations=(FIRST, replace(SECOND, epoch=0))), "old key of 'Partner'"),
    ],
)
def test_an_older_list_or_key_is_refused(change: Callable[[Manifest], Manifest], message: str) -> None:
    with pytest.raises(ManifestRolledBack, match=message):
        opened(signed(change(LIST)), seen_from(LIST))


@pytest.mark.parametrize(
    "later",
    [
        LIST,
        replace(LIST, number=4),
        replace(LIST, number=4, organisations=(replace(FIRST, epoch=3), SECOND)),
        replace(LIST, number=4, organisations=(FIRST, SECOND, replace(SECOND, organisation_id=UUID(int=5), epoch=0))),
    ],
)
def test_the_same_list_and_newer_ones_are_believed(later: Manifest) -> None:
    assert opened(signed(later), seen_from(LIST)) == later
    assert opened(signed(replace(LIST, number=1))).number == 1


def test_a_list_counts_until_its_last_day_is_over() -> None:
    check_current(LIST, today=dt.date(2027, 3, 3))
    check_current(LIST, today=dt.date(2027, 3, 4))
    with pytest.raises(ManifestExpired, match="ended on 2027-03-04"):
        check_current(LIST, today=dt.date(2027, 3, 5))


def test_what_a_host_remembers_survives_being_written_down() -> None:
    seen = seen_from(LIST)
    assert seen == Seen(3, {ONE: 2, OTHER: 1})
    assert seen_from_text(seen_to_text(seen)) == seen
    assert json.loads(seen_to_text(seen)) == {"number": 3, "epochs": {ONE.hex: 2, OTHER.hex: 1}}


NOT_SEEN = (
    *("", "{}", "[]", "3", '{"number": 1}', '{"epochs": {}}', '{"number": "x", "epochs": {}}'),
    *('{"number": 1, "epochs": {"x": 1}}', '{"number": 1, "epochs": []}', '{"number": null, "epochs": {}}'),
)


@pytest.mark.parametrize("text", NOT_SEEN)
def test_a_broken_memory_is_refused_not_ignored(text: str) -> None:
    with pytest.raises(ManifestForged, match="cannot be read"):
        seen_from_text(text)


@pytest.mark.parametrize("content", [b"", json.dumps({"body": "{}", "signature": "AAAA"}).encode()])
def test_the_cause_is_kept_for_who_looks_after_the_system(content: bytes) -> None:
    with pytest.raises(ManifestForged) as caught:
        opened(content)
    assert caught.value.__cause__ is not None
