"""A case as files of the data standard, for a recipient that the person agreed to, and nobody else."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from referral import audit
from referral.errors import NoConsent
from referral.htcds import CaseFacts, ConsentTerms, OutgoingReferral, Override, Target, case_of, export_case
from referral.models import ConsentRecord, LegalOverride
from referral.permissions import May, require
from referral.recipients import ITEMS, SUPPORT, Recipient
from referral.service.authors import author_of
from referral.service.common import today
from referral.service.consent import permission
from referral.service.keyring import log
from referral.service.notes import ASSESSMENT, REASON
from referral.service.opened import OpenCase, OpenConsent
from referral.service.reading import read_case
from referral.service.staff import SignedIn, act_for
from referral.service.trust import Trust

# What a person is asked about, and the standard's items that it stands for. Messages are no part of the standard.
STANDARD = MappingProxyType(
    {
        "contact": ("contact", "name", "language"),
        "topic": ("topic", "case"),
        "narrative": ("story",),
        "place": (),
        "age": ("age",),
        "messages": (),
        "assessment": ("gender", "citizenship", "family", "status", "exploitation", "others", "plan"),
    }
)
ALWAYS = ("referral",)


def export(
    session: Session,
    *,
    signed_in: SignedIn,
    trust: Trust,
    case_id: UUID,
    recipient: Recipient,
    target: Target,
    organisation_names: Mapping[str, str],
) -> dict[str, bytes]:
    """Return a case as files by name; what the person withheld is not in them. The export is in the log first.

    `organisation_names` gives the name of each recipient in its text form. Raise `NotPermitted`, `CaseNotFound`,
    `NoConsent` without a matching, unexpired and genuine consent or a supervisor's decision.
    """
    require(signed_in.role, May.EXPORT)
    act_for(session, signed_in)
    consent, override = permission(session, case_id=case_id, recipient=recipient, purpose=SUPPORT)
    log(session, audit.Act.CASE_EXPORTED, signed_in=signed_in, case_id=case_id, detail=recipient.kind)
    case = read_case(session, signed_in=signed_in, case_id=case_id, trust=trust)
    terms = _terms(case, consent) if consent is not None else _override(session, case, override)
    shared = _shared_items(case, consent)
    facts = facts_of(case, organisation_names=organisation_names, place="place" in shared)
    return export_case(case_of(facts), target=target, recipient=str(recipient), consent=terms, today=today())


def facts_of(case: OpenCase, *, organisation_names: Mapping[str, str], place: bool) -> CaseFacts:
    """Return what the standard can take of an opened case; values that are not genuine are left out."""
    return CaseFacts(
        case_id=case.case_id.hex,
        opened_day=case.created_day,
        status=case.status,
        choices=_choices(case),
        consent_given=any(consent.verified and consent.withdrawn_day is None for consent in case.consents),
        narratives=tuple(_texts(case, "narrative")),
        place=next(iter(_texts(case, "place")), None) if place else None,
        safe_time_words=next(iter(_texts(case, "safe_time")), None),
        owner=case.owner_login,
        closure_reason=next(iter(reversed(list(_texts(case, REASON)))), None),
        outgoing=tuple(_outgoing(case, organisation_names)),
        assessment=assessment_of(case),
    )


def assessment_of(case: OpenCase) -> dict[str, object]:
    """Return the newest genuine assessment of a case, empty when there is none."""
    for text in reversed(list(_texts(case, ASSESSMENT))):
        found = json.loads(text)
        if isinstance(found, dict):
            return found
    return {}


def _texts(case: OpenCase, field: str) -> Iterable[str]:
    return (value.text for value in case.values if value.field == field and value.verified)


def _choices(case: OpenCase) -> dict[str, str]:
    for text in _texts(case, "choices"):
        found = json.loads(text)
        if isinstance(found, dict):
            return {str(key): str(value) for key, value in found.items()}
    return {}


def _outgoing(case: OpenCase, names: Mapping[str, str]) -> Iterable[OutgoingReferral]:
    for sharing in case.sharings:
        recipient = Recipient(organisation_id=sharing.to_organisation_id, provider=sharing.provider)
        yield OutgoingReferral(
            day=sharing.created_day,
            organisation_id=str(sharing.to_organisation_id or sharing.provider),
            organisation={"org_Name": names.get(str(recipient), str(recipient))},
            details=sharing.note if sharing.verified else None,
        )


def _opened_consent(case: OpenCase, row: ConsentRecord) -> OpenConsent:
    found = next((consent for consent in case.consents if consent.id == row.id), None)
    if found is None or not found.verified:
        raise NoConsent("The consent to this recipient is not genuine. Do not use it; tell your supervisor.")
    return found


def _terms(case: OpenCase, row: ConsentRecord) -> ConsentTerms:
    consent = _opened_consent(case, row)
    return ConsentTerms(
        recipient=consent.recipient,
        purpose=consent.purpose,
        given_day=consent.given_day,
        expires_day=consent.expires_day,
        withdrawn_day=consent.withdrawn_day,
        shared=_standard(consent.shared) | frozenset(ALWAYS),
        withheld=_standard(consent.withheld),
    )


def _override(session: Session, case: OpenCase, row: LegalOverride | None) -> Override:
    """Return a decision that a supervisor signed: anybody could have written a row."""
    author = None if row is None else author_of(session, row.staff_id)
    if row is None or author is None or not any(found.verified for found in case.overrides if found.id == row.id):
        raise NoConsent("There is no consent and no genuine decision that permits this export.")
    return Override(
        role=author.role,
        legal_basis=f"{row.basis.value}, decided on {row.day.isoformat()}",
        staff_id=author.id.hex,
        shared=_standard(ITEMS) | frozenset(ALWAYS),
    )


def _shared_items(case: OpenCase, row: ConsentRecord | None) -> tuple[str, ...]:
    return ITEMS if row is None else _opened_consent(case, row).shared


def _standard(items: Iterable[str]) -> frozenset[str]:
    return frozenset(name for item in items for name in STANDARD.get(item, ()))
