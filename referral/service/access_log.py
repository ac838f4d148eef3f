"""Who did what with a case, for a supervisor."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.models import Staff
from referral.permissions import May, require
from referral.service.keyring import own_case
from referral.service.staff import SignedIn


@dataclass(frozen=True)
class LogLine:
    """One entry; `who` is a login, or the role's own word (`person`, `operator`, …) when it was nobody of the staff."""

    at: dt.datetime
    who: str
    role: str
    act: audit.Act
    detail: str
    organisation_id: UUID | None


def access_log(session: Session, *, signed_in: SignedIn, case_id: UUID) -> list[LogLine]:
    """Return what is in the log about a case, newest first. Raise `NotPermitted`, `CaseNotFound`."""
    require(signed_in.role, May.READ_LOG)
    own_case(session, signed_in=signed_in, case_id=case_id)
    entries = audit.entries_about(session, case_id)
    logins = _logins(session, {entry.actor for entry in entries})
    return [
        LogLine(
            at=entry.at,
            who=logins.get(entry.actor, entry.role),
            role=entry.role,
            act=entry.act,
            detail=entry.detail,
            organisation_id=entry.organisation_id,
        )
        for entry in reversed(entries)
    ]


def _logins(session: Session, actors: set[str]) -> dict[str, str]:
    ids = [UUID(hex=actor) for actor in actors if len(actor) == 32]
    rows = session.execute(select(Staff.id, Staff.login).where(Staff.id.in_(ids))).tuples()
    return {staff_id.hex: login for staff_id, login in rows}
