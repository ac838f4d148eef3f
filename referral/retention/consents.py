"""A consent that has ended ends what was shared on it: the janitor takes the recipient's keys."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.lifecycle import LIVE
from referral.models import CaseReferral, ConsentRecord
from referral.service.sharing import end_sharing


def end_with_their_consent(session: Session, *, day: dt.date) -> int:
    """End referrals and transfers whose consent's last day is over; return how many."""
    rows = session.execute(
        select(CaseReferral.id, CaseReferral.case_id, CaseReferral.to_organisation_id)
        .join(ConsentRecord, ConsentRecord.id == CaseReferral.consent_id)
        .where(CaseReferral.status.in_(LIVE), ConsentRecord.expires_day < day)
    ).tuples()
    ended = rows.all()
    for sharing_id, case_id, organisation_id in ended:
        end_sharing(session, sharing_id=sharing_id, case_id=case_id, organisation_id=organisation_id)
        audit.append(
            session,
            act=audit.Act.SHARING_ENDED,
            actor="janitor",
            role="janitor",
            object_id=case_id,
            detail="consent ended",
        )
    return len(ended)
