"""The journal, beside the database: what it names stays ended, even after an old copy is restored.

Cases that were erased or taken back, consents that were withdrawn, colleagues who have left. It holds hashes, days and
reasons, nothing of a case. A restore never replaces it.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.enums import ReferralStatus
from referral.models import CaseRecord, ConsentRecord, Staff, Tombstone
from referral.recipients import Recipient
from referral.service.erasure import destroy, tombstone_hash
from referral.service.person import close_to_everybody
from referral.service.sharing import end_sharings
from referral.service.staff import lock_out

FILE = "erased.journal"


@unique
class Ended(StrEnum):
    """What came to an end."""

    ERASED = "erased"
    TAKEN_BACK = "taken_back"
    CONSENT = "consent"
    STAFF = "staff"


@dataclass(frozen=True)
class Entry:
    """One line: what ended, the hash of its number, when and why."""

    what: Ended
    hash: bytes
    day: dt.date
    reason: str

    def as_line(self) -> str:
        """Return it as it stands in the file."""
        return f"{self.what.value} {self.hash.hex()} {self.day.isoformat()} {self.reason}\n"


@dataclass(frozen=True)
class Applied:
    """How much a restored database had brought back and was ended again."""

    cases_erased: int
    cases_taken_back: int
    consents: int
    staff: int


def read(path: Path) -> list[Entry]:
    """Return what a journal names; a line that was cut off at the end is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [_parsed(line) for line in lines if line.endswith("\n")]


def write(session: Session, path: Path, *, today: dt.date) -> int:
    """Add what has ended and is not in the journal yet; return how much."""
    known = {(entry.what, entry.hash) for entry in read(path)}
    new = [entry for entry in _ended(session, today) if (entry.what, entry.hash) not in known]
    if new:
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(entry.as_line() for entry in new)
    return len(new)


def apply(session: Session, path: Path) -> Applied:
    """End again what a restored database holds although it had ended; return how much."""
    entries = read(path)
    erased = {entry.hash: entry.day for entry in entries if entry.what is Ended.ERASED}
    others = {what: {entry.hash for entry in entries if entry.what is what} for what in Ended}
    return Applied(
        cases_erased=_erase_again(session, erased),
        cases_taken_back=_take_back_again(session, others[Ended.TAKEN_BACK]),
        consents=_end_again(session, others[Ended.CONSENT]),
        staff=_lock_out_again(session, others[Ended.STAFF]),
    )


def hash_of(number: UUID) -> bytes:
    """Return the hash under which a consent or a colleague stands in the journal."""
    return hashlib.blake2b(number.bytes, digest_size=32, person=b"korpu-ended").digest()


def _ended(session: Session, today: dt.date) -> Iterator[Entry]:
    for grave in session.execute(select(Tombstone.case_hash, Tombstone.erased_day, Tombstone.reason)):
        yield Entry(Ended.ERASED, grave.case_hash, grave.erased_day, grave.reason)
    for case_id in session.scalars(select(CaseRecord.case_id).where(CaseRecord.status == ReferralStatus.REVOKED)):
        yield Entry(Ended.TAKEN_BACK, tombstone_hash(case_id), today, "by the person")
    withdrawn = select(ConsentRecord.id, ConsentRecord.withdrawn_day).where(ConsentRecord.withdrawn_day.is_not(None))
    for consent_id, day in session.execute(withdrawn).tuples():
        yield Entry(Ended.CONSENT, hash_of(consent_id), day or today, "withdrawn")
    for staff_id in session.scalars(select(Staff.id).where(Staff.active.is_(False))):
        yield Entry(Ended.STAFF, hash_of(staff_id), today, "left")


def _erase_again(session: Session, erased: dict[bytes, dt.date]) -> int:
    cases = session.scalars(select(CaseRecord.case_id)).all()
    back = [case_id for case_id in cases if tombstone_hash(case_id) in erased]
    for case_id in back:
        day = erased[tombstone_hash(case_id)]
        destroy(session, case_id=case_id, reason="erased before", actor="janitor", role="janitor", day=day)
    return len(back)


def _take_back_again(session: Session, taken_back: set[bytes]) -> int:
    cases = session.scalars(select(CaseRecord).where(CaseRecord.status != ReferralStatus.REVOKED)).all()
    back = [case for case in cases if tombstone_hash(case.case_id) in taken_back]
    for case in back:
        close_to_everybody(session, case)
    return len(back)


def _end_again(session: Session, ended: set[bytes]) -> int:
    consents = session.scalars(select(ConsentRecord).where(ConsentRecord.withdrawn_day.is_(None))).all()
    back = [consent for consent in consents if hash_of(consent.id) in ended]
    for consent in back:
        consent.withdrawn_day = consent.given_day
        end_sharings(session, case_id=consent.case_id, recipient=Recipient.from_text(consent.recipient))
    return len(back)


def _lock_out_again(session: Session, left: set[bytes]) -> int:
    staff = session.scalars(select(Staff).where(Staff.active)).all()
    back = [colleague for colleague in staff if hash_of(colleague.id) in left]
    for colleague in back:
        lock_out(session, colleague)
    return len(back)


def _parsed(line: str) -> Entry:
    what, number, day, reason = line.rstrip("\n").split(" ", 3)
    return Entry(Ended(what), bytes.fromhex(number), dt.date.fromisoformat(day), reason)
