"""Whom something may be shared with: an organisation of this system, or a service provider of the directory."""

from dataclasses import dataclass
from uuid import UUID

PROVIDER = "provider:"


@dataclass(frozen=True)
class Recipient:
    """One recipient; exactly one of the two is set. Its text form stands in consents."""

    organisation_id: UUID | None = None
    provider: str | None = None

    def __post_init__(self) -> None:
        if (self.organisation_id is None) == (self.provider is None):
            raise ValueError("A recipient is either an organisation or a service provider.")

    def __str__(self) -> str:
        return str(self.organisation_id) if self.provider is None else f"{PROVIDER}{self.provider}"

    @property
    def kind(self) -> str:
        """Return what kind of recipient it is; the audit log, which outlives a case, holds no more of it."""
        return "organisation" if self.provider is None else "provider"

    @classmethod
    def from_text(cls, text: str) -> "Recipient":
        """Read the text form; raise `ValueError` when it is none."""
        if text.startswith(PROVIDER) and text != PROVIDER:
            return cls(provider=text.removeprefix(PROVIDER))
        return cls(organisation_id=UUID(text))


SERVICE = "answer and help"  # to receive a request and to answer it
SUPPORT = "support"  # to give a service to the person: shelter, legal aid, a doctor
PURPOSES = (SERVICE, SUPPORT)
ITEMS = ("contact", "topic", "narrative", "place", "age", "messages", "assessment")  # what may be shared, or withheld
