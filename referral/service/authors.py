"""Who wrote something in a case: a colleague, or somebody of an organisation that the case was shared with."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import column, func, select
from sqlalchemy.orm import Session

from referral.db import is_postgresql
from referral.enums import StaffRole
from referral.models import Staff

KNOWN = (
    Staff.id,
    Staff.organisation_id,
    Staff.login,
    Staff.role,
    Staff.public_key,
    Staff.verify_key,
    Staff.certificate,
    Staff.certificate_epoch,
)


@dataclass(frozen=True)
class Author:
    """What may be known of a member of staff elsewhere; nothing of their locks and keys' private halves."""

    id: UUID
    organisation_id: UUID
    login: str
    role: StaffRole
    public_key: bytes
    verify_key: bytes
    certificate: bytes
    certificate_epoch: int


def author_of(session: Session, staff_id: UUID) -> Author | None:
    """Return who somebody is, None when there is nobody.

    PostgreSQL has a function for it: of other organisations' staff one sees only those with whom one has a case.
    """
    if is_postgresql(session):
        known = func.korpu_author(staff_id).table_valued(*(column(part.key, part.type) for part in KNOWN))
        row = session.execute(select(known)).first()
    else:
        row = session.execute(select(*KNOWN).where(Staff.id == staff_id)).first()
    return None if row is None else Author(*row)
