"""Open a referral."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral import audit, oncall
from referral.db import scope
from referral.enums import ReferralStatus
from referral.errors import BadSubmission, CaseClosed, StaleEpoch, UnknownOrganisation
from referral.models import CaseField, CaseKey, CaseRecord, Organisation, OrganisationKey, RouteRow, Tombstone
from referral.service.common import PERSON, hashed, notify, now, today
from referral.service.consent import check_consent, record_consents
from referral.service.deadlines import set_deadline
from referral.service.erasure import tombstone_hash
from referral.submission import Submission

FIELD_TABLE = "case_field"
GRACE = dt.timedelta(days=2)  # an intake that began before the key was changed is not lost
OTHER_CODE = "This request is open already, under another code."
INDEX = (FIELD_TABLE, "index", 0)  # topic, urgency, language: by it the queue is ordered


@dataclass(frozen=True)
class Opened:
    """The case, and whether it was made now or had been there already."""

    case_id: UUID
    created: bool


def open_referral(session: Session, *, submission: Submission) -> Opened:
    """Store case, key, fields, consent, route and notices to staff together; the same submission twice makes one case.

    Raise `NoConsent`, `UnknownOrganisation`, `StaleEpoch`, `CaseClosed` (it was opened and erased since) or
    `BadSubmission`; then nothing is stored.
    """
    proofs = (submission.code_tag, tombstone_hash(submission.case_id))
    scope(session, organisation=submission.organisation_id, proofs=proofs)
    held = _held(session, submission)
    if held is not None:
        return held
    _check(session, submission)
    try:
        with session.begin_nested():
            _store(session, submission)
    except IntegrityError as error:  # PostgreSQL: another process committed the same submission a moment ago
        held = _held(session, submission)
        if held is None:  # or it is one of another code, which this one does not let us see
            raise BadSubmission(OTHER_CODE) from error
        return held
    audit.append(session, act=audit.Act.REFERRAL_OPENED, actor=PERSON, role=PERSON, object_id=submission.case_id)
    return Opened(submission.case_id, created=True)


def _held(session: Session, submission: Submission) -> Opened | None:
    """Return the case that this submission has made before; a code that does not lead to it is never confirmed."""
    once = hashed(submission.submission_id)
    case = session.scalars(
        select(CaseRecord).where((CaseRecord.submission_hash == once) | (CaseRecord.case_id == submission.case_id))
    ).first()
    if case is None:
        return None
    if case.code_tag != submission.code_tag:
        raise BadSubmission(OTHER_CODE)
    return Opened(case.case_id, created=False)


def _check(session: Session, submission: Submission) -> None:
    if session.get(Organisation, submission.organisation_id) is None:
        raise UnknownOrganisation("The organisation of this submission is not known here.")
    key = session.get(OrganisationKey, (submission.organisation_id, submission.epoch))
    if key is None or (key.retired_day is not None and key.retired_day + GRACE < today()):
        raise StaleEpoch("The organisation's key has changed since this intake began.")
    check_consent(submission)
    if session.get(Tombstone, tombstone_hash(submission.case_id)) is not None:
        raise CaseClosed("This request was erased. It cannot be opened again.")
    places = [(field.table, field.field, field.seq) for field in submission.fields]
    if any(table != FIELD_TABLE for table, _, _ in places):
        raise BadSubmission("A field is for another table.")
    if len(set(places)) != len(places):
        raise BadSubmission("Two fields have the same place.")
    if INDEX not in places:
        raise BadSubmission("The index is missing: nobody would find this request in the queue.")


def _store(session: Session, submission: Submission) -> None:
    case = _case(submission)
    session.add(case)
    session.flush()
    session.add(
        CaseKey(
            case_id=case.case_id,
            holder_id=submission.organisation_id,
            organisation_id=submission.organisation_id,
            epoch=submission.epoch,
            sealed_key=submission.sealed_private_key,
        )
    )
    _add_fields(session, submission)
    record_consents(session, submission=submission)
    _add_route(session, submission)
    organisation = session.get_one(Organisation, submission.organisation_id)
    set_deadline(session, case_id=case.case_id, organisation=organisation, urgency=submission.urgency)
    notify(session, case, "new_case")
    oncall.alert(session, organisation_id=case.organisation_id, kind="new", now=now())


def _case(submission: Submission) -> CaseRecord:
    return CaseRecord(
        case_id=submission.case_id,
        organisation_id=submission.organisation_id,
        epoch=submission.epoch,
        public_key=submission.public_key,
        submission_hash=hashed(submission.submission_id),
        code_tag=submission.code_tag,
        reply_public_key=submission.reply_public_key,
        binding=submission.binding,
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
            staff_id=None,
            day=submission.day,
        )
        for field in submission.fields
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
