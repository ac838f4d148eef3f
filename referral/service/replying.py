"""Answer a person: into the case's thread, under their code, and onto its way to Telegram."""

from uuid import UUID

from sqlalchemy.orm import Session

from referral import audit
from referral.enums import ReferralStatus
from referral.errors import CaseClosed, TransitionRefused
from referral.lifecycle import OPEN
from referral.service.common import today
from referral.service.deadlines import answered
from referral.service.keyring import case_key, log, visible_case
from referral.service.sending import send
from referral.service.staff import SignedIn


def reply(
    session: Session,
    *,
    signed_in: SignedIn,
    case_id: UUID,
    text: str,
    relay_public_key: bytes,
    window: str | None = None,
) -> UUID:
    """Store a reply and send it on its way; return the message's id.

    `window` is the time of day (`any`, `morning`, `day`, `evening`) that the caseworker read out of the person's own
    words; without it nothing goes to a chat whose owner wrote such words. An organisation that the case is shared with
    may answer too. Raise `CaseClosed` when the case is not open, `TransitionRefused` when nobody has taken it yet,
    `ValueError` when the text is empty.
    """
    if not text.strip():
        raise ValueError("The reply is empty.")
    case = visible_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if case.status not in OPEN:
        raise CaseClosed("This case is closed. Open it again before you reply.")
    if case.status is ReferralStatus.NEW:
        raise TransitionRefused("Take the case first, so that two people do not answer.")
    case_key(session, signed_in=signed_in, case=case)  # who cannot read a case does not answer it
    body = {"kind": "reply", "text": text}
    message_id = send(
        session, case=case, signed_in=signed_in, body=body, relay_public_key=relay_public_key, window=window
    )
    case.status, case.last_activity_day = ReferralStatus.IN_PROGRESS, today()
    answered(session, case_id=case_id)
    log(session, audit.Act.REPLY_SENT, signed_in=signed_in, case_id=case_id)
    return message_id
