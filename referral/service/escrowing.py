"""Escrow: an organisation's key for the day on which everybody who holds it is gone."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.certificates import organisation_verify_key
from referral.crypto.escrow import recover, share
from referral.errors import ForgedRecord, ReferralError
from referral.models import EscrowShare
from referral.service.trust import Trust


def store_escrow(
    session: Session, *, organisation_id: UUID, epoch: int, secret: bytes, custodians: tuple[bytes, ...]
) -> None:
    """Seal an organisation's private key to each pair of the custodians."""
    session.add_all(
        EscrowShare(organisation_id=organisation_id, epoch=epoch, pair=pair, sealed=sealed)
        for pair, sealed in share(secret, custodians).items()
    )


def open_escrow(
    session: Session, *, organisation_id: UUID, trust: Trust, one: bytes, other: bytes, why: str
) -> tuple[int, bytes]:
    """Return the organisation's present epoch and private key with two custodians' keys; every staff page shows it.

    Raise `SealBroken` when the two do not open it, `ForgedRecord` when what they open is not this organisation's key.
    """
    listed = trust.organisation(organisation_id)
    rows = session.scalars(
        select(EscrowShare).where(EscrowShare.organisation_id == organisation_id, EscrowShare.epoch == listed.epoch)
    )
    shares = {row.pair: row.sealed for row in rows}
    if not shares:
        raise ReferralError("This organisation's present key is not in escrow.")
    private = recover(shares, one, other)
    if organisation_verify_key(private) != listed.verify_keys[listed.epoch]:
        raise ForgedRecord("What the custodians' keys open is not this organisation's key. Somebody has exchanged it.")
    audit.append(
        session,
        act=audit.Act.ESCROW_OPENED,
        actor="custodians",
        role="custodians",
        object_id=organisation_id,
        detail=why,
        organisation_id=organisation_id,
    )
    return listed.epoch, private
