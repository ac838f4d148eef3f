"""What can be said of a case without its key: where it stands, who has it, whether something was added or shared."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.enums import ReferralStatus, SharingStatus
from referral.lifecycle import LIVE, OPEN
from referral.models import (
    CaseKey,
    CaseMessage,
    CaseRecord,
    CaseReferral,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    Staff,
)
from referral.service.keyring import visible_case
from referral.service.staff import SignedIn, act_for


@dataclass(frozen=True)
class Glance:
    """A case from outside; `messages` counts both sides'.

    `organisation_id` is the owner's; `shared` is how far a referral to one's own organisation has come, None for the
    owner. `restricted` tells that only whoever has the case can open it. `agreements` is a text that changes with every
    consent, question, decision and referral, by which a form can tell that something was decided since it was shown.
    """

    case_id: UUID
    organisation_id: UUID
    status: ReferralStatus
    owner_id: UUID | None
    owner_login: str | None
    last_activity_day: dt.date
    purge_day: dt.date | None
    messages: int
    shared: SharingStatus | None
    restricted: bool
    agreements: str


def glance(session: Session, *, signed_in: SignedIn, case_id: UUID) -> Glance:
    """Look at a case, one's own or a shared one, without opening it. Raise `CaseNotFound`."""
    case = visible_case(session, signed_in=signed_in, case_id=case_id)
    owner = None if case.owner_id is None else session.get(Staff, case.owner_id)
    count = session.scalar(select(func.count()).select_from(CaseMessage).where(CaseMessage.case_id == case_id))
    return Glance(
        case_id=case_id,
        organisation_id=case.organisation_id,
        status=case.status,
        owner_id=case.owner_id,
        owner_login=None if owner is None else owner.login,
        last_activity_day=case.last_activity_day,
        purge_day=case.purge_day,
        messages=count or 0,
        shared=_shared(session, signed_in, case_id),
        restricted=session.get(CaseKey, (case_id, case.organisation_id)) is None,
        agreements=_agreements(session, case_id),
    )


def _shared(session: Session, signed_in: SignedIn, case_id: UUID) -> SharingStatus | None:
    return session.scalars(
        select(CaseReferral.status).where(
            CaseReferral.case_id == case_id,
            CaseReferral.to_organisation_id == signed_in.organisation_id,
            CaseReferral.status.in_(LIVE),
        )
    ).first()


def _agreements(session: Session, case_id: UUID) -> str:
    consents = select(func.count(), func.count(ConsentRecord.withdrawn_day)).where(ConsentRecord.case_id == case_id)
    asked = select(func.count(), func.count(ConsentRequest.answer)).where(ConsentRequest.case_id == case_id)
    decided = select(func.count()).select_from(LegalOverride).where(LegalOverride.case_id == case_id)
    shared = select(CaseReferral.status).where(CaseReferral.case_id == case_id)
    counts = [*session.execute(consents).one(), *session.execute(asked).one(), *session.execute(decided).one()]
    return ".".join([*map(str, counts), *sorted(session.scalars(shared))])


def hidden_cases(session: Session, *, signed_in: SignedIn, shown: Collection[UUID]) -> tuple[UUID, ...]:
    """Return the organisation's open cases that are not among those shown: this person's key does not open them."""
    act_for(session, signed_in)
    found = session.scalars(
        select(CaseRecord.case_id)
        .where(CaseRecord.organisation_id == signed_in.organisation_id, CaseRecord.status.in_(OPEN))
        .order_by(CaseRecord.created_day, CaseRecord.case_id)
    )
    return tuple(case_id for case_id in found if case_id not in shown)
