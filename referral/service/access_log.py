"""Who did what with a case, for a supervisor."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from referral import audit
from referral.permissions import May, require
from referral.service.authors import author_of
from referral.service.keyring import own_case
from referral.service.staff import SignedIn

ID_LENGTH = 32  # a member of staff's number, as the log writes it; other actors are words


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
    """Return the logins of those who are members of staff, of other organisations too."""
    found = {actor: author_of(session, UUID(hex=actor)) for actor in actors if len(actor) == ID_LENGTH}
    return {actor: author.login for actor, author in found.items() if author is not None}
