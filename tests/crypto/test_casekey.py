"""A case's key."""

from nacl.public import PrivateKey

from referral.crypto.casekey import new_case_key
from referral.crypto.sealed import open_bytes

ORGANISATION = PrivateKey(bytes(range(32)))


def test_its_private_half_is_the_organisations_alone() -> None:
    made = new_case_key(organisation_public_key=bytes(ORGANISATION.public_key))
    private = open_bytes(bytes(ORGANISATION), made.sealed_private_key)
    assert bytes(PrivateKey(private).public_key) == made.public_key
    assert made.case_id.version == 4


def test_no_two_cases_share_anything() -> None:
    one, other = (new_case_key(organisation_public_key=bytes(ORGANISATION.public_key)) for _ in range(2))
    assert one.case_id != other.case_id
    assert one.public_key != other.public_key
