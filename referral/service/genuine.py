"""Whether a consent, a question, a referral or a decision says what its author signed; nothing follows from others."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from referral.crypto.sealed import Sealed
from referral.enums import StaffRole
from referral.models import CaseReferral, ConsentRecord, ConsentRequest, LegalOverride
from referral.recipients import Recipient
from referral.service.authoring import place
from referral.terms import TERMS, Terms, consent_terms, details_of, override_terms, request_terms, sharing_terms

Read = tuple[dict[str, Any], bool]  # what is sealed in a row, and whether it is genuine


class ReadsValues(Protocol):
    """What is needed of a case's reader."""

    def read(
        self, table: str, field: str, seq: int, *, sealed: Sealed, signature: bytes | None, author: UUID | None = None
    ) -> tuple[str, bool]:
        """Return text and whether it is genuine."""

    def login(self, author: UUID | None) -> str | None:
        """Return the login of an author."""

    def role(self, author: UUID) -> StaffRole | None:
        """Return the role of an author."""


@dataclass(frozen=True)
class Genuine:
    """Judge the rows of one case."""

    reader: ReadsValues

    def consent(self, row: ConsentRecord) -> bool:
        """Tell whether the person, or who wrote it down for them, agreed to just this."""
        return read_consent(row, self.reader)[1]

    def override(self, row: LegalOverride) -> bool:
        """Tell whether a supervisor decided just this."""
        return read_override(row, self.reader)[1]

    def sharing(self, row: CaseReferral) -> bool:
        """Tell whether the other organisation shared the case in just this way."""
        return read_sharing(row, self.reader)[1]


def read_consent(row: ConsentRecord, reader: ReadsValues) -> Read:
    """Open a consent's details."""
    text, verified = reader.read(
        "consent_record", "details", row.seq, sealed=row.sealed, signature=row.signature, author=row.staff_id
    )
    terms = consent_terms(
        recipient=row.recipient,
        purpose=row.purpose,
        scope=row.scope,
        expires_day=row.expires_day,
        wording_version=row.wording_version,
    )
    return _compared(text, verified, terms)


def read_request(row: ConsentRequest, reader: ReadsValues) -> Read:
    """Open the details of a question for consent."""
    text, verified = reader.read(
        "consent_request", place(row.id), 0, sealed=row.sealed, signature=row.signature, author=row.staff_id
    )
    return _compared(text, verified, request_terms(recipient=row.recipient, purpose=row.purpose))


def read_override(row: LegalOverride, reader: ReadsValues) -> Read:
    """Open the reason of a decision without consent; only a supervisor's is genuine."""
    text, verified = reader.read(
        "legal_override", place(row.id), 0, sealed=row.sealed, signature=row.signature, author=row.staff_id
    )
    verified = verified and reader.role(row.staff_id) is StaffRole.SUPERVISOR
    return _compared(text, verified, override_terms(recipient=row.recipient, purpose=row.purpose, basis=row.basis))


def read_sharing(row: CaseReferral, reader: ReadsValues) -> Read:
    """Open the note of a referral."""
    text, verified = reader.read(
        "case_referral", place(row.id), 0, sealed=row.sealed, signature=row.signature, author=row.staff_id
    )
    recipient = Recipient(organisation_id=row.to_organisation_id, provider=row.provider)
    return _compared(text, verified, sharing_terms(kind=row.kind, recipient=str(recipient)))


def _compared(text: str, verified: bool, terms: Terms) -> Read:
    details = details_of(text, verified=verified)
    return details, verified and details.get(TERMS) == terms
