"""Consent: who may receive what a person tells, and for what. Nothing is stored or shared without it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral.enums import ConsentScope
from referral.errors import NoConsent
from referral.models import ConsentRecord, LegalOverride
from referral.recipients import Recipient
from referral.service.common import today
from referral.submission import ConsentGiven, Submission

OVERRIDE_DAYS = 30  # a decision without consent is for now, not for ever


class JudgesRows(Protocol):
    """What tells whether a row's author signed just what it says."""

    def consent(self, row: ConsentRecord) -> bool:
        """Tell it of a consent."""

    def override(self, row: LegalOverride) -> bool:
        """Tell it of a decision without consent."""


def check_consent(submission: Submission) -> None:
    """Raise `NoConsent` unless the person agreed that exactly this organisation receives the referral."""
    wanted = str(Recipient(organisation_id=submission.organisation_id))
    given = [consent for consent in submission.consents if consent.recipient == wanted]
    if not any(consent.expires_day >= submission.day for consent in given):
        raise NoConsent("There is no consent for the organisation that would receive this referral.")


def record_consents(session: Session, *, submission: Submission) -> None:
    """Store the consents of a submission."""
    session.add_all(consent_row(submission.case_id, consent) for consent in submission.consents)


def consent_row(case_id: UUID, consent: ConsentGiven, *, staff_id: UUID | None = None) -> ConsentRecord:
    """Make the row of a consent; `staff_id` names who wrote it down when it was given by voice."""
    return ConsentRecord(
        id=uuid4(),
        case_id=case_id,
        seq=consent.details.seq,
        wording_version=consent.wording_version,
        recipient=consent.recipient,
        purpose=consent.purpose,
        given_day=consent.given_day,
        expires_day=consent.expires_day,
        withdrawn_day=None,
        scope=consent.scope,
        staff_id=staff_id,
        sealed=consent.details.sealed,
        signature=consent.details.signature,
    )


def valid_consents(
    session: Session, *, case_id: UUID, recipient: Recipient, purpose: str, day: dt.date
) -> list[ConsentRecord]:
    """Return the consents that match recipient and purpose and have neither expired nor been withdrawn."""
    return list(
        session.scalars(
            select(ConsentRecord)
            .where(
                ConsentRecord.case_id == case_id,
                ConsentRecord.recipient == str(recipient),
                ConsentRecord.purpose == purpose,
                ConsentRecord.withdrawn_day.is_(None),
                ConsentRecord.expires_day >= day,
            )
            .order_by(ConsentRecord.given_day.desc(), ConsentRecord.seq.desc())
        )
    )


def permission(
    session: Session, *, case_id: UUID, recipient: Recipient, purpose: str, genuine: JudgesRows | None = None
) -> tuple[ConsentRecord | None, LegalOverride | None]:
    """Return the consent, or the decision without consent, that permits sharing; raise `NoConsent` naming what lacks.

    Before anything is shared `genuine` must be given: then a row counts only if its author signed just what it says.
    Without it the answer is good enough to be shown, and no better than the database.

    A minor's own consent needs a guardian's beside it (UNCRC 5 and 12; a local lawyer must confirm). Who writes for
    somebody else cannot consent for them: the person must be asked.
    """
    consents = valid_consents(session, case_id=case_id, recipient=recipient, purpose=purpose, day=today())
    consents = [row for row in consents if genuine is None or genuine.consent(row)]
    scopes = {consent.scope for consent in consents}
    if ConsentScope.OWN in scopes or {ConsentScope.MINOR, ConsentScope.GUARDIAN} <= scopes:
        return next(c for c in consents if c.scope in {ConsentScope.OWN, ConsentScope.MINOR}), None
    for override in _overrides(session, case_id, recipient, purpose):
        if genuine is None or genuine.override(override):
            return None, override
    raise NoConsent(_lacking(scopes))


def withdraw_consents(session: Session, *, case_id: UUID) -> None:
    """Note today as the end of every consent of a case that has not ended before."""
    session.execute(
        update(ConsentRecord)
        .where(ConsentRecord.case_id == case_id, ConsentRecord.withdrawn_day.is_(None))
        .values(withdrawn_day=today())
    )


def case_scope(session: Session, *, case_id: UUID) -> ConsentScope:
    """Tell whose consent opened a case: the first that was stored."""
    scope = session.scalars(
        select(ConsentRecord.scope).where(ConsentRecord.case_id == case_id).order_by(ConsentRecord.seq).limit(1)
    ).first()
    return ConsentScope.OWN if scope is None else scope


def _overrides(session: Session, case_id: UUID, recipient: Recipient, purpose: str) -> Sequence[LegalOverride]:
    return session.scalars(
        select(LegalOverride)
        .where(
            LegalOverride.case_id == case_id,
            LegalOverride.recipient == str(recipient),
            LegalOverride.purpose == purpose,
            LegalOverride.day >= today() - dt.timedelta(days=OVERRIDE_DAYS),
        )
        .order_by(LegalOverride.day.desc())
    ).all()


def _lacking(scopes: set[ConsentScope]) -> str:
    if ConsentScope.MINOR in scopes:
        return "The person is a minor and has agreed; a guardian's consent is missing, or a supervisor's decision."
    if ConsentScope.PROXY in scopes:
        return "Somebody else wrote for this person. The person must be asked before anything is shared."
    return "There is no valid consent for this recipient and this purpose. Ask the person first."
