"""What was agreed to, and to whom a case may be referred by it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.reasons import reason
from referral.console.wordings import VOICE
from referral.enums import ConsentScope
from referral.errors import NoConsent
from referral.lifecycle import LIVE
from referral.models import ConsentRecord, LegalOverride
from referral.recipients import ITEMS, SUPPORT, Recipient
from referral.service.casework import OpenCase, OpenConsent
from referral.service.consent import permission
from referral.service.opened import OpenOverride, OpenRequest


@dataclass(frozen=True)
class Permission:
    """Whether a case may be referred to a recipient: by a consent, by a decision, or what is lacking.

    `whole` tells that nothing is withheld, so that the case may move to them.
    """

    recipient: Recipient
    consent: OpenConsent | None = None
    override: OpenOverride | None = None
    lacking: str = ""
    whole: bool = True


def warnings(consent: OpenConsent, case: OpenCase, *, wordings: frozenset[str], today: dt.date) -> list[str]:
    """Return what a caseworker must know before they rely on a consent."""
    found = []
    if consent.withdrawn_day is None and consent.expires_day < today:
        found.append(_("This consent has ended. Ask again."))
    if consent.scope is ConsentScope.MINOR and not _has_guardian(consent, case.consents, today):
        found.append(_("The person is a minor. To share, a guardian's consent is needed too."))
    if consent.scope is ConsentScope.PROXY:
        found.append(_("Somebody else wrote for this person. Ask the person before anything is shared."))
    if wordings and consent.wording_version != VOICE and consent.wording_version not in wordings:
        found.append(_("The words of this consent are older than today's."))
    return [str(text) for text in found]


def permissions(session: Session, case: OpenCase, *, today: dt.date, shared_too: bool = False) -> list[Permission]:
    """Return every recipient who was asked about, agreed to or decided on, and to whom it is not referred already.

    With `shared_too` also those to whom it is: a provider outside gets by a file what it was referred.
    """
    shared = {
        Recipient(organisation_id=row.to_organisation_id, provider=row.provider)
        for row in case.sharings
        if row.status in LIVE and not shared_too
    }
    own = Recipient(organisation_id=case.organisation_id)
    named = [_recipient(row.recipient) for row in _naming(case) if row.purpose == SUPPORT]
    wanted = dict.fromkeys(one for one in named if one is not None and one != own and one not in shared)
    return [_permission(session, case, recipient, today) for recipient in wanted]


def _naming(case: OpenCase) -> Iterable[OpenConsent | OpenOverride | OpenRequest]:
    """Return what names a recipient; questions come last, because they alone permit nothing."""
    return [*_permitting(case), *case.requests]


def _permitting(case: OpenCase) -> list[OpenConsent | OpenOverride]:
    return [*case.consents, *case.overrides]


class _AsOpened:
    """Let a row count only if the opened case shows it as genuine."""

    def __init__(self, case: OpenCase) -> None:
        self._genuine = {row.id for row in _permitting(case) if row.verified}

    def consent(self, row: ConsentRecord) -> bool:
        """Tell it of a consent."""
        return row.id in self._genuine

    def override(self, row: LegalOverride) -> bool:
        """Tell it of a decision without consent."""
        return row.id in self._genuine


def _permission(session: Session, case: OpenCase, recipient: Recipient, today: dt.date) -> Permission:
    try:
        row, decision = permission(
            session, case_id=case.case_id, recipient=recipient, purpose=SUPPORT, genuine=_AsOpened(case)
        )
    except NoConsent as error:
        return Permission(recipient, lacking=_not_believed(case, recipient) or reason(error))
    if row is not None:
        consent = next(one for one in case.consents if one.id == row.id)
        return Permission(recipient, consent=consent, whole=_is_whole(consent, case, today))
    return Permission(
        recipient, override=next(one for one in case.overrides if decision is not None and one.id == decision.id)
    )


def _not_believed(case: OpenCase, recipient: Recipient) -> str:
    """Return that something for a recipient cannot be verified; nothing when nothing is wrong with it."""
    if all(row.verified for row in _permitting(case) if row.recipient == str(recipient)):
        return ""
    return str(_("The consent or the decision cannot be verified. Do not use it; tell your supervisor."))


def _is_whole(consent: OpenConsent, case: OpenCase, today: dt.date) -> bool:
    if consent.scope is not ConsentScope.MINOR:
        return set(consent.shared) == set(ITEMS)
    guardians = [one for one in case.consents if _is_guardians(one, consent, today)]
    return set(consent.shared) == set(ITEMS) == {item for one in guardians for item in one.shared}


def _has_guardian(minor: OpenConsent, consents: Iterable[OpenConsent], today: dt.date) -> bool:
    return any(_is_guardians(one, minor, today) for one in consents)


def _is_guardians(one: OpenConsent, minor: OpenConsent, today: dt.date) -> bool:
    """Tell whether a consent is a guardian's beside a minor's."""
    return (
        one.scope is ConsentScope.GUARDIAN
        and one.verified
        and (one.recipient, one.purpose) == (minor.recipient, minor.purpose)
        and one.withdrawn_day is None
        and one.expires_day >= today
    )


def _recipient(text: str) -> Recipient | None:
    """Read a recipient; a row that names none permits nothing."""
    try:
        return Recipient.from_text(text)
    except ValueError:
        return None
