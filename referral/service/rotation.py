"""Give an organisation a new key: after a colleague has left, after a loss, once a year.

Old cases stay readable for who stays: the organisation's copies of their keys are sealed anew. What a leaver knew
opens nothing that comes after.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.public import PrivateKey
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.certificates import organisation_verify_key
from referral.crypto.manifest import ListedOrganisation
from referral.crypto.sealed import open_bytes, seal_bytes
from referral.errors import ForgedRecord, NotPermitted
from referral.models import CaseKey, OrganisationKey, Staff
from referral.service.common import today
from referral.service.escrowing import store_escrow
from referral.service.staff import KEY_HOLDERS, SignedIn, certify_staff, grant_key, organisation_keys
from referral.service.trust import Trust


@dataclass(frozen=True)
class Rotated:
    """What came of it: the organisation's new entry for the signed list, and how many copies were sealed anew."""

    listed: ListedOrganisation
    cases: int
    staff: int


def rotate_key(session: Session, *, signed_in: SignedIn, trust: Trust) -> Rotated:
    """Make the organisation's next key and hand it to everybody active who holds the present one.

    The caller signs the list of keys anew, in the same transaction or nobody can certify. A database that was restored
    from before the last change is behind the list; this brings the two together again. Raise `NotPermitted` when
    this person does not hold the present key, `ForgedRecord` when a colleague's key is not certified: it may have been
    put there by somebody else, and must be looked at first.
    """
    listed = trust.organisation(signed_in.organisation_id)
    keys = organisation_keys(session, signed_in=signed_in)
    stored = stored_epoch(session, signed_in.organisation_id)
    if stored not in keys or organisation_verify_key(keys[stored]) != listed.verify_keys.get(stored):
        raise NotPermitted("You do not hold the organisation's present key and cannot change it.")
    staff = _colleagues(session, signed_in.organisation_id, trust, stored)
    key = PrivateKey.generate()
    epoch, private = max(stored, listed.epoch) + 1, bytes(key)
    new = ListedOrganisation(
        organisation_id=listed.organisation_id,
        name=listed.name,
        epoch=epoch,
        public_key=bytes(key.public_key),
        verify_keys={**listed.verify_keys, epoch: organisation_verify_key(private)},
    )
    _store(session, new)
    for colleague in staff:
        certify_staff(colleague, organisation_key=(epoch, private))
        if colleague.role in KEY_HOLDERS:
            grant_key(session, staff=colleague, organisation_key=(epoch, private))
    cases = _reseal(session, new, keys)
    if trust.manifest.custodians:
        store_escrow(
            session,
            organisation_id=new.organisation_id,
            epoch=epoch,
            secret=private,
            custodians=trust.manifest.custodians,
        )
    audit.append(
        session,
        act=audit.Act.KEY_ROTATED,
        actor=signed_in.staff_id.hex,
        role=signed_in.role.value,
        object_id=new.organisation_id,
        detail=f"epoch {epoch}",
        organisation_id=new.organisation_id,
    )
    return Rotated(new, cases, len(staff))


def stored_epoch(session: Session, organisation_id: UUID) -> int:
    """Return the newest epoch of an organisation's key that the database knows, 0 for none."""
    last = session.scalar(
        select(func.max(OrganisationKey.epoch)).where(OrganisationKey.organisation_id == organisation_id)
    )
    return last or 0


def _colleagues(session: Session, organisation_id: UUID, trust: Trust, epoch: int) -> list[Staff]:
    staff = session.scalars(select(Staff).where(Staff.organisation_id == organisation_id, Staff.active)).all()
    for colleague in staff:
        try:
            trust.colleague_key(colleague, epoch=epoch)
        except ForgedRecord as error:
            raise ForgedRecord(
                f"{error} Nothing was changed. Disable this account (`korpu staff disable`) if nobody knows it."
            ) from error
    return list(staff)


def _store(session: Session, new: ListedOrganisation) -> None:
    session.execute(
        update(OrganisationKey)
        .where(OrganisationKey.organisation_id == new.organisation_id, OrganisationKey.retired_day.is_(None))
        .values(retired_day=today())
    )
    session.add(
        OrganisationKey(
            organisation_id=new.organisation_id,
            epoch=new.epoch,
            public_key=new.public_key,
            verify_key=new.verify_keys[new.epoch],
            created_day=today(),
            retired_day=None,
        )
    )
    session.flush()


def _reseal(session: Session, new: ListedOrganisation, keys: dict[int, bytes]) -> int:
    """Seal the organisation's copies of case keys to its new key; one that does not open stays as it is."""
    rows = session.scalars(select(CaseKey).where(CaseKey.holder_id == new.organisation_id)).all()
    held = [row for row in rows if row.epoch in keys]
    for row in held:
        private = open_bytes(keys[row.epoch or 0], row.sealed_key)
        row.sealed_key, row.epoch = seal_bytes(new.public_key, private), new.epoch
    return len(held)
