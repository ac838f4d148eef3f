"""What a caseworker has before them when a case is open."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from referral.enums import (
    ConsentAnswer,
    ConsentScope,
    Direction,
    LegalBasis,
    ReferralStatus,
    SharingKind,
    SharingStatus,
)


@dataclass(frozen=True)
class OpenValue:
    """One opened value; `verified` tells whether it stands in its own place and is signed by whose it is.

    `author` is a member of staff's login, None for what the bot wrote.
    """

    field: str
    seq: int
    text: str
    day: dt.date
    verified: bool
    author: str | None = None

    def __repr__(self) -> str:
        return f"OpenValue({self.field})"


@dataclass(frozen=True)
class OpenMessage:
    """One opened message of the thread; `delivery` is a state for staff's own: waiting, notified, sent, read,
    withheld, failed, expired."""

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
    """One opened consent; of one given by voice, `recorded_by` names who wrote it down and `words` what was said."""

    id: UUID
    wording_version: str
    recipient: str
    purpose: str
    scope: ConsentScope
    given_day: dt.date
    expires_day: dt.date
    withdrawn_day: dt.date | None
    language: str | None
    given_at: str | None
    shared: tuple[str, ...]
    withheld: tuple[str, ...]
    recorded_by: str | None
    verified: bool
    words: str = ""

    def __repr__(self) -> str:
        return f"OpenConsent({self.id})"


@dataclass(frozen=True)
class OpenRequest:
    """One question for consent; `answer` is None while the person has not answered."""

    id: UUID
    recipient: str
    purpose: str
    asked_day: dt.date
    expires_day: dt.date
    answer: ConsentAnswer | None
    answered_day: dt.date | None
    shared: tuple[str, ...]
    author: str | None
    verified: bool


@dataclass(frozen=True)
class OpenSharing:
    """One referral or transfer; `consent_id` is None for one that was decided without consent."""

    id: UUID
    kind: SharingKind
    from_organisation_id: UUID
    to_organisation_id: UUID | None
    provider: str | None
    status: SharingStatus
    created_day: dt.date
    decided_day: dt.date | None
    note: str
    answer: str
    by_consent: bool
    author: str | None
    verified: bool
    consent_id: UUID | None = None

    def __repr__(self) -> str:
        return f"OpenSharing({self.id})"


@dataclass(frozen=True)
class OpenOverride:
    """One decision to share without consent."""

    id: UUID
    recipient: str
    purpose: str
    basis: LegalBasis
    day: dt.date
    reason: str
    author: str | None
    verified: bool

    def __repr__(self) -> str:
        return f"OpenOverride({self.id})"


@dataclass(frozen=True)
class OpenCase:
    """A case as its caseworker sees it; `push` tells whether there is a way to the person's chat.

    `withheld` names what is kept back from an organisation that the case is shared with; it is empty for the owner.
    """

    case_id: UUID
    organisation_id: UUID
    status: ReferralStatus
    owner_id: UUID | None
    owner_login: str | None
    created_day: dt.date
    push: bool
    values: tuple[OpenValue, ...]
    messages: tuple[OpenMessage, ...]
    consents: tuple[OpenConsent, ...]
    requests: tuple[OpenRequest, ...]
    sharings: tuple[OpenSharing, ...]
    overrides: tuple[OpenOverride, ...]
    withheld: tuple[str, ...] = ()
