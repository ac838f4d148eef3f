"""The field's words for states and roles (Primero's and HTCDS' terms)."""

from enum import StrEnum, unique


@unique
class ReferralStatus(StrEnum):
    """Where a referral stands."""

    NEW = "new"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REJECTED = "rejected"
    REVOKED = "revoked"


@unique
class StaffRole(StrEnum):
    """What a member of staff may do."""

    INTAKE = "intake"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"


@unique
class Urgency(StrEnum):
    """How soon somebody must look at a case; the order is the order of the queue."""

    DANGER = "danger"
    CONCERN = "concern"
    NORMAL = "normal"


@unique
class Direction(StrEnum):
    """Who wrote a message."""

    FROM_PERSON = "from_person"
    FROM_STAFF = "from_staff"


@unique
class OutboxState(StrEnum):
    """How far a reply on its way to Telegram has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
