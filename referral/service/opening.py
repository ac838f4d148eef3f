"""Open a referral."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import ReferralStatus
from referral.errors import BadSubmission, NoConsent, StaleEpoch, UnknownOrganisation
from referral.models import (
    CaseField,
    CaseKey,
    CaseRecord,
    ConsentRecord,
    Organisation,
    OrganisationKey,
    RouteRow,
)
from referral.service.common import PERSON, hashed, notify
from referral.submission import Submission

FIELD_TABLE = "case_field"


@dataclass(frozen=True)
class Opened:
    """The case, and whether it was made now or had been there already."""

    case_id: UUID
    created: bool


def open_referral(session: Session, *, submission: Submission) -> Opened:
    """Store case, key, fields, consent, route and staff notice together; the same submission twice makes one case.

    Raise `NoConsent`, `UnknownOrganisation`, `StaleEpoch` or `BadSubmission`; then nothing is stored.
    """
    once = hashed(submission.submission_id)
    held = session.scalars(select(CaseRecord).where(CaseRecord.submission_hash == once)).first()
    held = held or session.get(CaseRecord, submission.case_id)
    if held is not None:
        return Opened(held.case_id, created=False)
    _check(session, submission)
    case = _case(submission, once)
    session.add(case)
    session.flush()
    session.add(
        CaseKey(case_id=case.case_id, holder_id=submission.organisation_id, sealed_key=submission.sealed_private_key)
    )
    _add_fields(session, submission)
    _add_consents(session, submission)
    _add_route(session, submission)
    notify(session, case, "new_case")
    audit.append(session, act=audit.Act.REFERRAL_OPENED, actor=PERSON, role=PERSON, object_id=case.case_id)
    return Opened(case.case_id, created=True)


def _check(session: Session, submission: Submission) -> None:
    if session.get(Organisation, submission.organisation_id) is None:
        raise UnknownOrganisation("The organisation of this submission is not known here.")
    key = session.get(OrganisationKey, (submission.organisation_id, submission.epoch))
    if key is None or key.retired_day is not None:
        raise StaleEpoch("The organisation's key has changed since this intake began.")
    if not any(UUID(consent.recipient) == submission.organisation_id for consent in submission.consents):
        raise NoConsent("There is no consent for the organisation that would receive this referral.")
    if any(field.table != FIELD_TABLE for field in submission.fields):
        raise BadSubmission("A field is for another table.")


def _case(submission: Submission, once: bytes) -> CaseRecord:
    return CaseRecord(
        case_id=submission.case_id,
        organisation_id=submission.organisation_id,
        epoch=submission.epoch,
        public_key=submission.public_key,
        submission_hash=once,
        code_tag=submission.code_tag,
        reply_public_key=submission.reply_public_key,
        status=ReferralStatus.NEW,
        owner_id=None,
        created_day=submission.day,
        last_activity_day=submission.day,
        purge_day=None,
    )


def _add_fields(session: Session, submission: Submission) -> None:
    session.add_all(
        CaseField(
            case_id=submission.case_id,
            field=field.field,
            seq=field.seq,
            sealed=field.sealed,
            signature=field.signature,
            day=submission.day,
        )
        for field in submission.fields
    )


def _add_consents(session: Session, submission: Submission) -> None:
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


def _add_route(session: Session, submission: Submission) -> None:
    if submission.route_tag is not None and submission.route_box is not None:
        session.add(
            RouteRow(
                id=uuid4(),
                case_id=submission.case_id,
                route_tag=submission.route_tag,
                route_box=submission.route_box,
                expires_day=None,
            )
        )
