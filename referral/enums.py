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
    NOTIFIED = "notified"
    SENT = "sent"
    WITHHELD = "withheld"
    FAILED = "failed"
    EXPIRED = "expired"


@unique
class ConsentScope(StrEnum):
    """Whose consent it is: one's own, one's own as a minor, a guardian's, or of somebody who writes for another."""

    OWN = "own"
    MINOR = "minor"
    GUARDIAN = "guardian"
    PROXY = "proxy"


@unique
class ConsentAnswer(StrEnum):
    """What a person answered to a question for consent."""

    GIVEN = "given"
    REFUSED = "refused"


@unique
class LegalBasis(StrEnum):
    """Why something may be shared without consent (as Primero's `legitimate_basis`; a local lawyer must confirm)."""

    VITAL_INTEREST = "vital_interest"
    CHILD_BEST_INTEREST = "child_best_interest"
    LEGAL_OBLIGATION = "legal_obligation"
    COURT_ORDER = "court_order"


@unique
class SharingKind(StrEnum):
    """A referral leaves the case with its owner; a transfer moves it."""

    REFERRAL = "referral"
    TRANSFER = "transfer"


@unique
class SharingStatus(StrEnum):
    """Where a referral to another organisation stands (Primero's `transition`)."""

    IN_PROGRESS = "in_progress"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
    REVOKED = "revoked"


@unique
class HoldReason(StrEnum):
    """Why a case is kept beyond its day."""

    PERSON_ASKED = "person_asked"
    COURT = "court"
    INVESTIGATION = "investigation"
    COMPLAINT = "complaint"


@unique
class ContactOutcome(StrEnum):
    """What came of an attempt to reach a person (the disposition of hotline software)."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    SOMEBODY_ELSE = "somebody_else"
    NOT_SAFE = "not_safe"
    ASKED_NOT_TO_CALL = "asked_not_to_call"


@unique
class GapKind(StrEnum):
    """How it showed that an answer is missing: none was found, or the one that was shown did not help."""

    FALLBACK = "fallback"
    UNHELPFUL = "unhelpful"
