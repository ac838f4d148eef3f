"""The journal of erasures, beside the database: what it names stays erased, even after an old copy is restored.

It holds hashes of case numbers, days and reasons, nothing of a case. A restore never replaces it.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models import CaseRecord, Tombstone
from referral.service.erasure import destroy, tombstone_hash

FILE = "erased.journal"


@dataclass(frozen=True)
class Erased:
    """One line: the hash of a case's number, and when and why it went."""

    case_hash: bytes
    day: dt.date
    reason: str

    def as_line(self) -> str:
        """Return it as it stands in the file."""
        return f"{self.case_hash.hex()} {self.day.isoformat()} {self.reason}\n"


def read(path: Path) -> list[Erased]:
    """Return what a journal names; a line that was cut off at the end is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [_parsed(line) for line in lines if line.endswith("\n")]


def write(session: Session, path: Path) -> int:
    """Add the erasures that the journal does not name yet; return how many."""
    known = {entry.case_hash for entry in read(path)}
    rows = session.scalars(select(Tombstone).order_by(Tombstone.erased_day)).all()
    new = [Erased(row.case_hash, row.erased_day, row.reason) for row in rows if row.case_hash not in known]
    if new:
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(entry.as_line() for entry in new)
    return len(new)


def apply(session: Session, path: Path) -> int:
    """Erase again what a restored database holds although it was erased; return how many cases."""
    gone = {entry.case_hash for entry in read(path)}
    cases = session.scalars(select(CaseRecord.case_id)).all()
    back = [case_id for case_id in cases if tombstone_hash(case_id) in gone]
    for case_id in back:
        destroy(session, case_id=case_id, reason="erased before", actor="janitor", role="janitor")
    return len(back)


def _parsed(line: str) -> Erased:
    case_hash, day, reason = line.rstrip("\n").split(" ", 2)
    return Erased(bytes.fromhex(case_hash), dt.date.fromisoformat(day), reason)
