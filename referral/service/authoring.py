"""What staff write: sealed to the case and signed by its author."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from referral.crypto.letters import Author
from referral.crypto.records import RecordContext, seal_record, sign_record
from referral.crypto.sealed import Sealed
from referral.models import CaseRecord, Staff
from referral.service.keyring import trust_of
from referral.service.staff import SignedIn
from referral.service.trust import identity_of


@dataclass(frozen=True)
class Written:
    """A sealed value and its author's signature."""

    sealed: Sealed
    signature: bytes


def write(
    case: CaseRecord, *, signed_in: SignedIn, table: str, field: str, seq: int, text: str, day: dt.date
) -> Written:
    """Seal a text to a case in the name of a member of staff."""
    context = RecordContext(case.case_id, table, field, seq)
    sealed = seal_record(public_key=case.public_key, context=context, payload=text, day=day)
    return Written(sealed, sign_record(signing_key=signed_in.signing_key, context=context, sealed=sealed))


def author_of(session: Session, signed_in: SignedIn) -> Author:
    """Return what a member of staff signs letters with; raise `ForgedRecord` when their row was tampered with."""
    staff = session.get_one(Staff, signed_in.staff_id)
    trust_of(signed_in).check_certificate(staff)
    return Author(identity_of(staff), staff.certificate, signed_in.signing_key)


def place(row_id: UUID) -> str:
    """Return the name under which a row's sealed value is bound to it."""
    return row_id.hex
