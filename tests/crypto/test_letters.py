"""Letters: a caseworker's, about one case, and nobody else's."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from nacl.signing import SigningKey

from referral.crypto.certificates import StaffIdentity, certify, organisation_verify_key
from referral.crypto.letters import Author, open_letter, sign_letter
from referral.crypto.manifest import ListedOrganisation, Manifest
from referral.errors import ForgedRecord, RecordMismatch

CASE, ORGANISATION, STAFF = UUID(int=1), UUID(int=2), UUID(int=3)
OWN, STRANGER, SEED = bytes(range(32)), bytes(32), bytes(range(1, 33))
BODY = {"kind": "reply", "text": "gəlin, 10:00", "case_id": CASE.hex, "window": None}
LISTED = ListedOrganisation(ORGANISATION, "Ümid", 2, bytes(32), {1: bytes(32), 2: organisation_verify_key(OWN)})
LIST = Manifest(
    number=1,
    issued=dt.date(2026, 1, 1),
    expires=dt.date(2027, 1, 1),
    demo=False,
    intake=ORGANISATION,
    relay_public_key=bytes(32),
    bot_verify_keys=(),
    custodians=(),
    organisations=(LISTED,),
)


def author(*, role: str = "caseworker", epoch: int = 2, organisation_key: bytes = OWN, seed: bytes = SEED) -> Author:
    """Return somebody who writes."""
    verify_key = bytes(SigningKey(seed).verify_key)
    identity = StaffIdentity(ORGANISATION, epoch, STAFF, "orxan", role, b"p" * 32, verify_key)
    return Author(identity, certify(identity, organisation_key=organisation_key), seed)


def letter(body: dict[str, object] = BODY, **who: Any) -> bytes:
    """Return a letter."""
    return sign_letter(body, author=author(**who))


def changed(**others: object) -> bytes:
    """Return a genuine letter with other words in it."""
    return json.dumps({**json.loads(letter()), **others}).encode()


def with_seal(**others: object) -> bytes:
    """Return a genuine letter with another seal."""
    content = json.loads(letter())
    content["signed"] |= others
    return json.dumps(content).encode()


@pytest.mark.parametrize("role", ["intake", "caseworker", "supervisor"])
def test_a_colleagues_letter_comes_out_as_it_went_in(role: str) -> None:
    assert open_letter(letter(role=role), case_id=CASE, manifest=LIST) == BODY


def test_it_is_readable_without_being_believed() -> None:
    content = json.loads(letter())
    assert {key: value for key, value in content.items() if key != "signed"} == BODY
    assert set(content["signed"]) == {
        *("organisation", "epoch", "staff", "login", "role"),
        *("public_key", "verify_key", "certificate", "signature"),
    }
    assert "gəlin".encode() in letter()


def test_the_order_of_its_parts_does_not_matter() -> None:
    content = json.loads(letter())
    assert open_letter(json.dumps(dict(reversed(content.items()))).encode(), case_id=CASE, manifest=LIST) == BODY


def test_a_letter_about_another_case_is_refused() -> None:
    with pytest.raises(RecordMismatch, match="another case"):
        open_letter(letter(), case_id=UUID(int=9), manifest=LIST)
    with pytest.raises(RecordMismatch):
        open_letter(letter({"text": "x"}), case_id=CASE, manifest=LIST)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"3",
        json.dumps(BODY).encode(),
        json.dumps({**BODY, "signed": {}}).encode(),
        json.dumps({**BODY, "signed": 3}).encode(),
        changed(text="come to the bridge at night"),
        changed(kind="consent"),
        changed(window="any"),
        changed(more="words"),
        with_seal(login="leyla"),
        with_seal(role="supervisor"),
        with_seal(staff=UUID(int=4).hex),
        with_seal(organisation=UUID(int=4).hex),
        with_seal(organisation="none"),
        with_seal(epoch=1),
        with_seal(epoch=3),
        with_seal(public_key="00" * 32),
        with_seal(verify_key="00" * 32),
        with_seal(certificate="00" * 64),
        with_seal(certificate="xy"),
        with_seal(signature="00" * 64),
        with_seal(signature=""),
        letter(role="editor"),
        letter(organisation_key=STRANGER),
        letter(epoch=1),
        letter(epoch=7),
    ],
)
def test_what_no_caseworker_wrote_is_refused(content: bytes) -> None:
    with pytest.raises(ForgedRecord):
        open_letter(content, case_id=CASE, manifest=LIST)


def test_a_genuine_certificate_does_not_lend_itself_to_another_key() -> None:
    thief = replace(author(), signing_key=STRANGER)
    with pytest.raises(ForgedRecord, match="not written by a caseworker"):
        open_letter(sign_letter(BODY, author=thief), case_id=CASE, manifest=LIST)


def test_an_earlier_key_of_the_organisation_still_counts() -> None:
    listed = replace(LISTED, epoch=3, verify_keys={2: organisation_verify_key(OWN), 3: bytes(32)})
    assert open_letter(letter(), case_id=CASE, manifest=replace(LIST, organisations=(listed,))) == BODY
    with pytest.raises(ForgedRecord):
        open_letter(letter(), case_id=CASE, manifest=replace(LIST, organisations=()))


def test_an_error_and_an_author_quote_nothing() -> None:
    with pytest.raises(ForgedRecord) as caught:
        open_letter(changed(text="secret"), case_id=CASE, manifest=LIST)
    assert caught.value.__suppress_context__
    assert "secret" not in str(caught.value)
    with pytest.raises(ForgedRecord) as caught:
        open_letter(b'{"secret"', case_id=CASE, manifest=LIST)
    assert caught.value.__suppress_context__
    assert SEED.hex() not in repr(author())
