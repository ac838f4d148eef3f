"""The key pair of one case."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from nacl.public import PrivateKey

from referral.crypto.sealed import Sealed, seal_bytes


@dataclass(frozen=True)
class NewCaseKey:
    """What remains of a new case's key: everything but its private half in clear."""

    case_id: UUID
    public_key: bytes
    sealed_private_key: Sealed


def new_case_key(*, organisation_public_key: bytes) -> NewCaseKey:
    """Make a case's key pair and seal its private half to the organisation; nobody else can open it."""
    private = PrivateKey.generate()
    return NewCaseKey(
        case_id=uuid4(),
        public_key=bytes(private.public_key),
        sealed_private_key=seal_bytes(organisation_public_key, bytes(private)),
    )
