"""What Körpü knows of an opened case, as plain values: the input of the mapping to the standard."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from referral.enums import ReferralStatus


@dataclass(frozen=True, repr=False)
class OutgoingReferral:
    """One referral to somebody else; `organisation` has its `org_` fields, `org_Name` at least."""

    day: dt.date
    organisation_id: str
    organisation: Mapping[str, object]
    reason: str = "AdditionalServicesRequired"
    details: str | None = None
    caseworker: str | None = None

    def __repr__(self) -> str:
        return "OutgoingReferral()"


@dataclass(frozen=True, repr=False)
class CaseFacts:
    """An opened case. `choices` are the intake's: topic, age, language, contact, safe_time.

    The choice `gender` is the caseworker that they wish for, and is never read. The code word stays between the person
    and the caseworker: there is no place for it here. `narratives` go out word for word.
    """

    case_id: str
    opened_day: dt.date
    status: ReferralStatus
    choices: Mapping[str, str]
    consent_given: bool
    narratives: tuple[str, ...] = ()
    place: str | None = None
    safe_time_words: str | None = None
    name_to_call: str | None = None
    owner: str | None = None
    closure_reason: str | None = None
    outgoing: tuple[OutgoingReferral, ...] = ()
    assessment: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "CaseFacts()"
