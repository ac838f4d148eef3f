"""What another organisation is shown of a case that is shared with it: what was agreed to, and nothing else.

The key that it holds opens the whole case, so this protects against reading by chance and out of curiosity, not against
somebody who writes a program of their own. Notes, questions and what is shared with others are the owner's matter.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from referral.enums import ConsentScope
from referral.lifecycle import LIVE
from referral.recipients import ITEMS, SUPPORT, Recipient
from referral.service.notes import ASSESSMENT
from referral.service.opened import OpenCase, OpenConsent, OpenSharing, OpenValue

FIELDS = MappingProxyType(
    {
        "narrative": "narrative",
        "place": "place",
        "safe_time": "contact",
        "code_word": "contact",
        ASSESSMENT: "assessment",
    }
)
CHOICES = MappingProxyType({"topic": "topic", "age": "age", "contact": "contact", "safe_time": "contact"})
RECORDS = frozenset({"index", "choices"})  # of several answers each, told apart by `CHOICES`
# Without these nobody could answer, or would not know whom they answer; an answer that stands nowhere is withheld.
NEEDED = frozenset({"urgency", "language", "caseworker_gender", "gender", "opened_at", "about", "knows"})


def for_recipient(case: OpenCase, *, organisation_id: UUID, logins: Collection[str]) -> OpenCase:
    """Return a case as the staff (`logins`) of an organisation may see it that does not own it."""
    recipient = str(Recipient(organisation_id=organisation_id))
    sharings = tuple(row for row in case.sharings if row.to_organisation_id == organisation_id)
    consents = tuple(row for row in case.consents if row.recipient == recipient)
    shared = _shared([row for row in sharings if row.status in LIVE], consents)
    values = [_value(value, shared, logins) for value in case.values]
    everything = "messages" in shared
    return replace(
        case,
        values=tuple(value for value in values if value is not None),
        messages=tuple(message for message in case.messages if everything or message.author in logins),
        consents=consents,
        requests=(),
        sharings=sharings,
        overrides=(),
        withheld=tuple(item for item in ITEMS if item not in shared),
    )


def _shared(sharings: list[OpenSharing], consents: tuple[OpenConsent, ...]) -> frozenset[str]:
    """Return the items that are shared; a decision without consent names none, and so shares the case."""
    if any(not row.by_consent for row in sharings):
        return frozenset(ITEMS)
    named = {row.consent_id for row in sharings}
    agreed = [row for row in consents if row.id in named and row.verified]
    if not agreed:
        return frozenset()
    items = frozenset(agreed[0].shared)
    return items if agreed[0].scope is not ConsentScope.MINOR else items & _guardians(consents)


def _guardians(consents: tuple[OpenConsent, ...]) -> frozenset[str]:
    """Return what a guardian agreed to; a minor's own consent shares nothing beyond it."""
    found = [
        frozenset(row.shared)
        for row in consents
        if row.scope is ConsentScope.GUARDIAN and row.purpose == SUPPORT and row.verified and row.withdrawn_day is None
    ]
    return frozenset().union(*found)


def _value(value: OpenValue, shared: frozenset[str], logins: Collection[str]) -> OpenValue | None:
    if value.field in RECORDS:
        return replace(value, text=_without_withheld(value.text, shared))
    if value.author in logins or FIELDS.get(value.field) in shared:
        return value
    return None


def _without_withheld(text: str, shared: frozenset[str]) -> str:
    """Return a record of answers without those that are withheld; one that cannot be read is shown to nobody."""
    try:
        record = json.loads(text)
    except ValueError:
        return ""
    if not isinstance(record, dict):
        return ""
    kept = {key: answer for key, answer in record.items() if key in NEEDED or CHOICES.get(key) in shared}
    return json.dumps(kept, ensure_ascii=False)
