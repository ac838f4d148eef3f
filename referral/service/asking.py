"""Ask a person whether something may be shared, and note the answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from referral import audit
from referral.db import scope
from referral.enums import ConsentAnswer, ConsentScope, LegalBasis
from referral.errors import BadSubmission, CaseClosed, CaseNotFound
from referral.lifecycle import OPEN
from referral.models import CaseRecord, ConsentRecord, ConsentRequest, LegalOverride
from referral.permissions import May, require
from referral.recipients import ITEMS, PURPOSES, Recipient
from referral.service.authoring import place, write
from referral.service.common import PERSON, notify, proves, today
from referral.service.consent import case_scope, consent_row
from referral.service.keyring import case_key, log, own_case
from referral.service.sending import send
from referral.service.staff import SignedIn
from referral.submission import ConsentGiven
from referral.terms import consent_terms, override_terms, request_terms, with_terms

ASKED_DAYS = 14  # a question that nobody answers ends by itself
SHARING_DAYS = 180  # of a consent to share


def ask_consent(
    session: Session,
    *,
    signed_in: SignedIn,
    case_id: UUID,
    recipient: Recipient,
    recipient_name: str,
    purpose: str,
    shared: Sequence[str],
    relay_public_key: bytes,
    window: str | None = None,
) -> UUID:
    """Put a question for consent on its way to the person; return its id.

    `shared` names what would be shared (`ITEMS`), all the rest is withheld; `window` as in `reply`. Raise `CaseClosed`,
    `NotPermitted`, `ValueError`.
    """
    require(signed_in.role, May.SHARE)
    _check(purpose, shared)
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    if case.status not in OPEN:
        raise CaseClosed("This case is closed. Open it again before you ask.")
    case_key(session, signed_in=signed_in, case=case)
    request_id = uuid4()
    terms = request_terms(recipient=str(recipient), purpose=purpose)
    details = with_terms({"shared": list(shared), "recipient_name": recipient_name}, terms)
    written = write(
        case,
        signed_in=signed_in,
        table="consent_request",
        field=place(request_id),
        seq=0,
        text=details,
        day=today(),
    )
    session.add(
        ConsentRequest(
            id=request_id,
            case_id=case_id,
            recipient=str(recipient),
            purpose=purpose,
            staff_id=signed_in.staff_id,
            asked_day=today(),
            expires_day=today() + dt.timedelta(days=ASKED_DAYS),
            answer=None,
            answered_day=None,
            sealed=written.sealed,
            signature=written.signature,
        )
    )
    body = {
        "kind": "consent",
        "request_id": request_id.hex,
        "recipient": str(recipient),
        "recipient_name": recipient_name,
        "purpose": purpose,
        "shared": list(shared),
        "withheld": [item for item in ITEMS if item not in shared],
        "scope": case_scope(session, case_id=case_id).value,
    }
    send(session, case=case, signed_in=signed_in, body=body, relay_public_key=relay_public_key, window=window)
    log(session, audit.Act.CONSENT_ASKED, signed_in=signed_in, case_id=case_id)
    return request_id


def answer_consent(
    session: Session, *, request_id: UUID, case_id: UUID, proof: bytes, consent: ConsentGiven | None
) -> bool:
    """Note what a person answered; `consent` is None for no. False when the question is not theirs, or is over.

    The same answer again is true and changes nothing. Raise `BadSubmission` when the consent is not to what was asked.
    """
    scope(session, proofs=(proof,))
    case = session.get(CaseRecord, case_id, with_for_update=True)
    request = _question(session, case_id, request_id)
    if case is None or request is None or not proves(session, case, proof):
        return False
    answer = ConsentAnswer.REFUSED if consent is None else ConsentAnswer.GIVEN
    if request.answer is not None:
        return request.answer is answer
    if request.expires_day < today() or case.status not in OPEN:
        return False
    if consent is not None:
        if (consent.recipient, consent.purpose) != (request.recipient, request.purpose):
            raise BadSubmission("This consent is for another recipient or purpose than was asked.")
        session.add(consent_row(case_id, consent))
    session.execute(
        update(ConsentRequest).where(ConsentRequest.id == request_id).values(answer=answer, answered_day=today())
    )
    notify(session, case, "consent_refused" if consent is None else "consent_given")
    act = audit.Act.CONSENT_REFUSED if consent is None else audit.Act.CONSENT_GIVEN
    audit.append(session, act=act, actor=PERSON, role=PERSON, object_id=case_id)
    return True


def record_spoken_consent(
    session: Session,
    *,
    signed_in: SignedIn,
    case_id: UUID,
    recipient: Recipient,
    purpose: str,
    shared: Sequence[str],
    scope: ConsentScope,
    wording_version: str,
    words: str,
) -> UUID:
    """Write down a consent that was given by voice: who gave it, to what, in which words; the person sees it.

    The own consent of somebody whose request came as a minor's is a minor's by voice too: it needs a guardian's. Raise
    `NotPermitted`, `CaseNotFound`, `ValueError` when it is not said in which words.
    """
    require(signed_in.role, May.SHARE)
    _check(purpose, shared)
    if not words.strip():
        raise ValueError("Write down what was asked and what the person said.")
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    case_key(session, signed_in=signed_in, case=case)
    if scope is ConsentScope.OWN and case_scope(session, case_id=case_id) is ConsentScope.MINOR:
        scope = ConsentScope.MINOR
    last = session.scalar(select(func.max(ConsentRecord.seq)).where(ConsentRecord.case_id == case_id)) or 0
    withheld = [item for item in ITEMS if item not in shared]
    expires_day = today() + dt.timedelta(days=SHARING_DAYS)
    terms = consent_terms(
        recipient=str(recipient),
        purpose=purpose,
        scope=scope,
        expires_day=expires_day,
        wording_version=wording_version,
    )
    details = with_terms({"shared": list(shared), "withheld": withheld, "words": words}, terms)
    written = write(
        case,
        signed_in=signed_in,
        table="consent_record",
        field="details",
        seq=last + 1,
        text=details,
        day=today(),
    )
    row = ConsentRecord(
        id=uuid4(),
        case_id=case_id,
        seq=last + 1,
        wording_version=wording_version,
        recipient=str(recipient),
        purpose=purpose,
        given_day=today(),
        expires_day=expires_day,
        withdrawn_day=None,
        scope=scope,
        staff_id=signed_in.staff_id,
        sealed=written.sealed,
        signature=written.signature,
    )
    session.add(row)
    log(session, audit.Act.CONSENT_GIVEN, signed_in=signed_in, case_id=case_id, detail="by voice")
    return row.id


def override_consent(
    session: Session,
    *,
    signed_in: SignedIn,
    case_id: UUID,
    recipient: Recipient,
    purpose: str,
    basis: LegalBasis,
    reason: str,
) -> UUID:
    """Decide to share without consent, on a legal basis and with a reason; the person sees it. Supervisors only.

    Raise `NotPermitted`, `CaseNotFound`, `ValueError` without a reason.
    """
    require(signed_in.role, May.OVERRIDE)
    if not reason.strip():
        raise ValueError("A decision without consent needs a reason in words.")
    case = own_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    case_key(session, signed_in=signed_in, case=case)
    override_id = uuid4()
    text = with_terms({"reason": reason}, override_terms(recipient=str(recipient), purpose=purpose, basis=basis))
    written = write(
        case, signed_in=signed_in, table="legal_override", field=place(override_id), seq=0, text=text, day=today()
    )
    session.add(
        LegalOverride(
            id=override_id,
            case_id=case_id,
            recipient=str(recipient),
            purpose=purpose,
            basis=basis,
            staff_id=signed_in.staff_id,
            day=today(),
            sealed=written.sealed,
            signature=written.signature,
        )
    )
    log(session, audit.Act.CONSENT_OVERRIDDEN, signed_in=signed_in, case_id=case_id, detail=basis.value)
    return override_id


def request_of(session: Session, *, request_id: UUID) -> ConsentRequest:
    """Return a question for consent; raise `CaseNotFound`."""
    request = session.get(ConsentRequest, request_id)
    if request is None:
        raise CaseNotFound("There is no such question.")
    return request


def _question(session: Session, case_id: UUID, request_id: UUID) -> Row[Any] | None:
    """Return what the person's side may know of a question."""
    return session.execute(
        select(
            ConsentRequest.recipient, ConsentRequest.purpose, ConsentRequest.answer, ConsentRequest.expires_day
        ).where(ConsentRequest.id == request_id, ConsentRequest.case_id == case_id)
    ).first()


def _check(purpose: str, shared: Sequence[str]) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"The purpose {purpose!r} is not known.")
    if not shared or any(item not in ITEMS for item in shared):
        raise ValueError("Say what is to be shared.")
