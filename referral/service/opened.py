"""What a caseworker has before them when a case is open."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from referral.enums import Direction, ReferralStatus


@dataclass(frozen=True)
class OpenValue:
    """One opened value; `verified` tells whether it stands in its own place and, if the bot's, is signed by it."""

    field: str
    seq: int
    text: str
    day: dt.date
    verified: bool

    def __repr__(self) -> str:
        return f"OpenValue({self.field})"


@dataclass(frozen=True)
class OpenMessage:
    """One opened message of the thread; `delivery` is a state for staff's own: waiting, sent, read, failed, expired."""

    id: UUID
    direction: Direction
    text: str
    day: dt.date
    verified: bool
    author: str | None
    delivery: str | None

    def __repr__(self) -> str:
        return f"OpenMessage({self.id})"


@dataclass(frozen=True)
class OpenConsent:
    """One opened consent."""

    wording_version: str
    recipient: str
    purpose: str
    given_day: dt.date
    withdrawn_day: dt.date | None
    language: str | None
    given_at: str | None
    verified: bool


@dataclass(frozen=True)
class OpenCase:
    """A case as its caseworker sees it."""

    case_id: UUID
    status: ReferralStatus
    owner_id: UUID | None
    owner_login: str | None
    created_day: dt.date
    push: bool
    values: tuple[OpenValue, ...]
    messages: tuple[OpenMessage, ...]
    consents: tuple[OpenConsent, ...]
