"""Share a case with another organisation or a provider: refer, transfer, accept, reject, finish, revoke."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.sealed import seal_bytes
from referral.enums import ReferralStatus, SharingKind, SharingStatus
from referral.errors import CaseClosed, CaseNotFound, ForgedRecord, TransitionRefused
from referral.lifecycle import LIVE, OPEN, check_sharing_step
from referral.models import CaseDeadline, CaseKey, CaseRecord, CaseReferral
from referral.permissions import May, require
from referral.recipients import SUPPORT, Recipient
from referral.service.authoring import place, write
from referral.service.common import notify_organisation, today
from referral.service.consent import permission
from referral.service.genuine import Genuine
from referral.service.keyring import case_key, log, own_case, trust_of
from referral.service.reading import Reader
from referral.service.staff import SignedIn, act_for
from referral.service.trust import Trust
from referral.terms import sharing_terms, with_terms


@dataclass(frozen=True)
class Shared:
    """What is to be shared; `note` is for the recipient."""

    recipient: Recipient
    kind: SharingKind
    note: str


def share(session: Session, *, signed_in: SignedIn, trust: Trust, case_id: UUID, shared: Shared) -> UUID:
    """Refer or transfer a case; return the referral's id. The recipient's key opens the case from now on.

    Nothing is shared without a matching, unexpired consent or a recorded decision of a supervisor: raise `NoConsent`.
    Raise `NotPermitted`, `CaseClosed`, `TransitionRefused` when it is shared with them already, `UnknownOrganisation`
    when the signed list does not name the recipient.
    """
    require(signed_in.role, May.SHARE)
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    _check(session, case, signed_in, shared)
    private = case_key(session, signed_in=signed_in, case=case)
    reader = Reader(session, case_id=case_id, private_key=private, trust=trust)
    consent, override = permission(
        session, case_id=case_id, recipient=shared.recipient, purpose=SUPPORT, genuine=Genuine(reader)
    )
    row_id = uuid4()
    text = with_terms({"note": shared.note}, sharing_terms(kind=shared.kind, recipient=str(shared.recipient)))
    written = write(
        case, signed_in=signed_in, table="case_referral", field=place(row_id), seq=0, text=text, day=today()
    )
    session.add(
        CaseReferral(
            id=row_id,
            case_id=case_id,
            kind=shared.kind,
            from_organisation_id=signed_in.organisation_id,
            to_organisation_id=shared.recipient.organisation_id,
            provider=shared.recipient.provider,
            status=SharingStatus.IN_PROGRESS,
            consent_id=None if consent is None else consent.id,
            override_id=None if override is None else override.id,
            staff_id=signed_in.staff_id,
            created_day=today(),
            sealed=written.sealed,
            signature=written.signature,
            decided_by=None,
            decided_day=None,
            answer_sealed=None,
            answer_signature=None,
        )
    )
    if shared.recipient.organisation_id is not None:
        _seal_to(session, trust, case_id, shared.recipient.organisation_id, private)
        notify_organisation(session, shared.recipient.organisation_id, case_id, "shared")
    log(session, audit.Act.CASE_SHARED, signed_in=signed_in, case_id=case_id, detail=shared.recipient.kind)
    return row_id


def answer_sharing(
    session: Session, *, signed_in: SignedIn, sharing_id: UUID, to: SharingStatus, answer: str
) -> CaseReferral:
    """Accept, reject (with a reason) or finish a referral to one's own organisation.

    An accepted transfer moves the case here; its former owner's keys go. A rejected or finished referral takes the key
    away again. Raise `NotPermitted`, `CaseNotFound`, `TransitionRefused`, and `ForgedRecord` when its kind or recipient
    is not what the other organisation wrote.
    """
    require(signed_in.role, May.ANSWER_SHARING)
    act_for(session, signed_in)
    row = session.get(CaseReferral, sharing_id, with_for_update=True)
    if row is None or row.to_organisation_id != signed_in.organisation_id:
        raise CaseNotFound("There is no such referral.")
    check_sharing_step(row.status, to, reason=answer)
    case = session.get_one(CaseRecord, row.case_id, with_for_update=True)
    _check_genuine(session, row, case, signed_in)
    _decide(row, case, signed_in, to, answer)
    if to is SharingStatus.ACCEPTED and row.kind is SharingKind.TRANSFER:
        _move(session, row, case, signed_in)
    elif to is not SharingStatus.ACCEPTED:
        _take_key(session, row.case_id, signed_in.organisation_id)
    notify_organisation(session, row.from_organisation_id, row.case_id, f"sharing_{to.value}")
    log(session, audit.Act.SHARING_ANSWERED, signed_in=signed_in, case_id=row.case_id, detail=to.value)
    return row


def note_provider_answer(
    session: Session, *, signed_in: SignedIn, sharing_id: UUID, to: SharingStatus, answer: str
) -> None:
    """Write down what a provider outside this system answered. Raise `CaseNotFound`, `TransitionRefused`."""
    require(signed_in.role, May.SHARE)
    act_for(session, signed_in)
    row = session.get(CaseReferral, sharing_id, with_for_update=True)
    if row is None or row.provider is None:
        raise CaseNotFound("There is no such referral.")
    case = own_case(session, signed_in=signed_in, case_id=row.case_id, lock=True)
    check_sharing_step(row.status, to, reason=answer)
    case_key(session, signed_in=signed_in, case=case)
    _decide(row, case, signed_in, to, answer)
    log(session, audit.Act.SHARING_ANSWERED, signed_in=signed_in, case_id=row.case_id, detail=to.value)


def revoke_sharing(session: Session, *, signed_in: SignedIn, sharing_id: UUID) -> None:
    """Take a referral back: the recipient's keys go. What they have read, they have read."""
    require(signed_in.role, May.SHARE)
    act_for(session, signed_in)
    row = session.get(CaseReferral, sharing_id, with_for_update=True)
    if row is None or row.from_organisation_id != signed_in.organisation_id:
        raise CaseNotFound("There is no such referral.")
    own_case(session, signed_in=signed_in, case_id=row.case_id, lock=True)
    if row.status not in LIVE:
        raise TransitionRefused("This referral is over already.")
    end_sharing(session, sharing_id=row.id, case_id=row.case_id, organisation_id=row.to_organisation_id)
    log(session, audit.Act.SHARING_ENDED, signed_in=signed_in, case_id=row.case_id)


def end_sharings(session: Session, *, case_id: UUID, recipient: Recipient | None = None) -> int:
    """End what is shared of a case, with one recipient or with all; return how many referrals that were."""
    rows = session.execute(
        select(CaseReferral.id, CaseReferral.to_organisation_id, CaseReferral.provider).where(
            CaseReferral.case_id == case_id, CaseReferral.status.in_(LIVE)
        )
    ).tuples()
    ended = [(row_id, to) for row_id, to, provider in rows.all() if recipient in {None, Recipient(to, provider)}]
    for row_id, to in ended:
        end_sharing(session, sharing_id=row_id, case_id=case_id, organisation_id=to)
    return len(ended)


def end_sharing(session: Session, *, sharing_id: UUID, case_id: UUID, organisation_id: UUID | None) -> None:
    """Mark a referral as revoked and take the recipient's keys."""
    ended = {"status": SharingStatus.REVOKED, "decided_day": today()}
    session.execute(update(CaseReferral).where(CaseReferral.id == sharing_id).values(ended))
    if organisation_id is not None:
        _take_key(session, case_id, organisation_id)
        notify_organisation(session, organisation_id, case_id, "sharing_revoked")


def recipient_of(session: Session, *, case_id: UUID, sharing_id: UUID) -> Recipient | None:
    """Return with whom something of a case is shared under a number."""
    found = session.execute(
        select(CaseReferral.to_organisation_id, CaseReferral.provider).where(
            CaseReferral.id == sharing_id, CaseReferral.case_id == case_id
        )
    )
    row = found.tuples().first()
    return None if row is None else Recipient(*row)


def _check(session: Session, case: CaseRecord, signed_in: SignedIn, shared: Shared) -> None:
    if case.status not in OPEN:
        raise CaseClosed("This case is closed. Open it again before you refer it.")
    if case.status is ReferralStatus.NEW:
        raise TransitionRefused("Take the case first.")
    if shared.recipient.organisation_id == signed_in.organisation_id:
        raise TransitionRefused("The case is with your organisation already.")
    if shared.kind is SharingKind.TRANSFER and shared.recipient.organisation_id is None:
        raise TransitionRefused("A case can be transferred only to an organisation that works in this system.")
    rows = session.scalars(
        select(CaseReferral).where(CaseReferral.case_id == case.case_id, CaseReferral.status.in_(LIVE))
    )
    if any(_recipient(row) == shared.recipient for row in rows):
        raise TransitionRefused("The case is shared with them already.")


def _check_genuine(session: Session, row: CaseReferral, case: CaseRecord, signed_in: SignedIn) -> None:
    """Refuse a referral that nobody of the other organisation has written so: a forged transfer would move the case."""
    private = case_key(session, signed_in=signed_in, case=case)
    reader = Reader(session, case_id=case.case_id, private_key=private, trust=trust_of(signed_in))
    if not Genuine(reader).sharing(row):
        raise ForgedRecord("This referral was changed after it was written. Ask the other organisation by phone.")


def _recipient(row: CaseReferral) -> Recipient:
    return Recipient(organisation_id=row.to_organisation_id, provider=row.provider)


def _seal_to(session: Session, trust: Trust, case_id: UUID, organisation_id: UUID, private: bytes) -> None:
    """Seal a case's key to another organisation: to the key that the signed list names, not the database."""
    listed = trust.organisation(organisation_id)
    session.merge(
        CaseKey(
            case_id=case_id,
            holder_id=organisation_id,
            organisation_id=organisation_id,
            epoch=listed.epoch,
            sealed_key=seal_bytes(listed.public_key, private),
        )
    )


def _decide(row: CaseReferral, case: CaseRecord, signed_in: SignedIn, to: SharingStatus, answer: str) -> None:
    written = write(
        case, signed_in=signed_in, table="case_referral", field=place(row.id), seq=1, text=answer, day=today()
    )
    row.status, row.decided_by, row.decided_day = to, signed_in.staff_id, today()
    row.answer_sealed, row.answer_signature = written.sealed, written.signature


def _move(session: Session, row: CaseReferral, case: CaseRecord, signed_in: SignedIn) -> None:
    """Make this organisation the owner; the former one's copies of the key go, and who works there sees it no more."""
    key = session.get_one(CaseKey, (case.case_id, signed_in.organisation_id))
    former, case.organisation_id = case.organisation_id, signed_in.organisation_id
    case.epoch = key.epoch or case.epoch
    case.owner_id, case.last_activity_day = signed_in.staff_id, today()
    row.status = SharingStatus.DONE
    session.flush()
    _take_key(session, case.case_id, former)
    session.execute(delete(CaseDeadline).where(CaseDeadline.case_id == case.case_id))
    log(session, audit.Act.CASE_MOVED, signed_in=signed_in, case_id=case.case_id)


def _take_key(session: Session, case_id: UUID, organisation_id: UUID) -> None:
    """Delete an organisation's copies of a case's key, its staff's included."""
    session.execute(delete(CaseKey).where(CaseKey.case_id == case_id, CaseKey.organisation_id == organisation_id))
