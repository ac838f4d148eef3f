"""Certificates of staff."""

from uuid import UUID

import pytest
from nacl.signing import SigningKey, VerifyKey

from referral.crypto.certificates import (
    StaffIdentity,
    certify,
    check_certificate,
    organisation_signing_key,
    organisation_verify_key,
)
from referral.errors import ForgedRecord

OWN = bytes(range(32))
IDENTITY = StaffIdentity(UUID(int=1), 2, UUID(int=3), "leyla", "intake", b"p" * 32, b"v" * 32)


def test_what_is_signed_has_one_form() -> None:
    parts = [UUID(int=1).hex, "2", UUID(int=3).hex, "leyla", "intake", (b"p" * 32).hex(), (b"v" * 32).hex()]
    quoted = [parts[0], "2", *parts[2:]]
    expected = ",".join(part if part == "2" else f'"{part}"' for part in quoted)
    assert IDENTITY.as_bytes() == b"korpu-certificate-1\x00" + f"[{expected}]".encode()


def test_the_key_that_certifies_is_derived_and_not_the_key_that_opens() -> None:
    assert len(organisation_signing_key(OWN)) == 32
    assert organisation_signing_key(OWN) != OWN
    assert organisation_verify_key(OWN) == bytes(SigningKey(organisation_signing_key(OWN)).verify_key)


def test_a_certificate_is_a_signature_of_the_organisation() -> None:
    certificate = certify(IDENTITY, organisation_key=OWN)
    assert VerifyKey(organisation_verify_key(OWN)).verify(IDENTITY.as_bytes(), certificate)
    check_certificate(IDENTITY, certificate, verify_key=organisation_verify_key(OWN))


@pytest.mark.parametrize("certificate", [b"", bytes(64), bytes(63)])
def test_no_certificate_is_none(certificate: bytes) -> None:
    with pytest.raises(ForgedRecord, match="'leyla' is not certified"):
        check_certificate(IDENTITY, certificate, verify_key=organisation_verify_key(OWN))


@pytest.mark.parametrize("key", [b"", b"short", organisation_verify_key(bytes(32))])
def test_another_organisations_key_vouches_for_nobody_here(key: bytes) -> None:
    with pytest.raises(ForgedRecord):
        check_certificate(IDENTITY, certify(IDENTITY, organisation_key=OWN), verify_key=key)
