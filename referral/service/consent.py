"""Consent: who may receive what a person tells, and for what. Nothing is stored or shared without it."""

from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from referral.errors import NoConsent
from referral.models import ConsentRecord
from referral.service.common import today
from referral.submission import Submission


def check_consent(submission: Submission) -> None:
    """Raise `NoConsent` unless the person agreed that exactly this organisation receives the referral."""
    if not any(_is(consent.recipient, submission.organisation_id) for consent in submission.consents):
        raise NoConsent("There is no consent for the organisation that would receive this referral.")


def record_consents(session: Session, *, submission: Submission) -> None:
    """Store the consents of a submission."""
    session.add_all(
        ConsentRecord(
            id=uuid4(),
            case_id=submission.case_id,
            seq=consent.details.seq,
            wording_version=consent.wording_version,
            recipient=consent.recipient,
            purpose=consent.purpose,
            given_day=consent.given_day,
            withdrawn_day=None,
            sealed=consent.details.sealed,
            signature=consent.details.signature,
        )
        for consent in submission.consents
    )


def withdraw_consents(session: Session, *, case_id: UUID) -> None:
    """Note today as the end of every consent of a case that has not ended before."""
    session.execute(
        update(ConsentRecord)
        .where(ConsentRecord.case_id == case_id, ConsentRecord.withdrawn_day.is_(None))
        .values(withdrawn_day=today())
    )


def _is(recipient: str, organisation_id: UUID) -> bool:
    try:
        return UUID(recipient) == organisation_id
    except ValueError:
        return False
