"""Open what belongs to sharing: questions for consent, referrals to others, decisions without consent."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models import CaseReferral, ConsentRequest, LegalOverride
from referral.service.authoring import place
from referral.service.genuine import ReadsValues, read_override, read_request, read_sharing
from referral.service.opened import OpenOverride, OpenRequest, OpenSharing


def open_requests(session: Session, case_id: UUID, reader: ReadsValues) -> tuple[OpenRequest, ...]:
    """Return the questions for consent of a case, oldest first."""
    rows = session.scalars(
        select(ConsentRequest)
        .where(ConsentRequest.case_id == case_id)
        .order_by(ConsentRequest.asked_day, ConsentRequest.id)
    )
    return tuple(_request(row, reader) for row in rows)


def open_sharings(session: Session, case_id: UUID, reader: ReadsValues) -> tuple[OpenSharing, ...]:
    """Return the referrals and transfers of a case, oldest first."""
    rows = session.scalars(
        select(CaseReferral).where(CaseReferral.case_id == case_id).order_by(CaseReferral.created_day, CaseReferral.id)
    )
    return tuple(_sharing(row, reader) for row in rows)


def open_overrides(session: Session, case_id: UUID, reader: ReadsValues) -> tuple[OpenOverride, ...]:
    """Return the decisions to share without consent."""
    rows = session.scalars(
        select(LegalOverride).where(LegalOverride.case_id == case_id).order_by(LegalOverride.day, LegalOverride.id)
    )
    return tuple(_override(row, reader) for row in rows)


def _request(row: ConsentRequest, reader: ReadsValues) -> OpenRequest:
    details, verified = read_request(row, reader)
    return OpenRequest(
        id=row.id,
        recipient=row.recipient,
        purpose=row.purpose,
        asked_day=row.asked_day,
        expires_day=row.expires_day,
        answer=row.answer,
        answered_day=row.answered_day,
        shared=tuple(details.get("shared", ())),
        author=reader.login(row.staff_id),
        verified=verified,
    )


def _sharing(row: CaseReferral, reader: ReadsValues) -> OpenSharing:
    details, verified = read_sharing(row, reader)
    answer, answer_verified = "", True
    if row.answer_sealed is not None and row.decided_by is not None:
        answer, answer_verified = reader.read(
            "case_referral",
            place(row.id),
            1,
            sealed=row.answer_sealed,
            signature=row.answer_signature,
            author=row.decided_by,
        )
    return OpenSharing(
        id=row.id,
        kind=row.kind,
        from_organisation_id=row.from_organisation_id,
        to_organisation_id=row.to_organisation_id,
        provider=row.provider,
        status=row.status,
        created_day=row.created_day,
        decided_day=row.decided_day,
        note=str(details.get("note", "")),
        answer=answer,
        by_consent=row.consent_id is not None,
        author=reader.login(row.staff_id),
        verified=verified and answer_verified,
        consent_id=row.consent_id,
    )


def _override(row: LegalOverride, reader: ReadsValues) -> OpenOverride:
    details, verified = read_override(row, reader)
    return OpenOverride(
        id=row.id,
        recipient=row.recipient,
        purpose=row.purpose,
        basis=row.basis,
        day=row.day,
        reason=str(details.get("reason", "")),
        author=reader.login(row.staff_id),
        verified=verified,
    )
