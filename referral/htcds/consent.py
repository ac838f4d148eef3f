"""The gate: a case goes out only by a consent that fits, or by a supervisor's decision that is written down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from referral.enums import StaffRole
from referral.errors import NoConsent
from referral.htcds.case import HtcdsCase, Record, lookups
from referral.htcds.collection import always_shared, collected, items
from referral.htcds.errors import HtcdsError
from referral.htcds.table import REPEATED, SINGLE, Section

LEAST_LEGAL_BASIS = 10
_GATE = object()


@dataclass(frozen=True)
class ConsentTerms:
    """What a person agreed to: one recipient, one purpose, until a day.

    `shared` and `withheld` hold items (`items()`) or names of fields; what is in neither is not shared, and what is in
    both is withheld.
    """

    recipient: str
    purpose: str
    given_day: dt.date
    expires_day: dt.date
    withdrawn_day: dt.date | None
    shared: frozenset[str]
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Override:
    """A supervisor's decision to pass a case on without consent, because a law demands it; the caller audits it."""

    role: StaffRole
    legal_basis: str
    staff_id: str
    shared: frozenset[str]

    def __repr__(self) -> str:
        return f"Override(staff_id={self.staff_id!r})"


@dataclass(frozen=True, repr=False)
class Released:
    """A case that may go to one recipient, with nothing in it that was withheld. Only `release` makes one."""

    case: HtcdsCase
    recipient: str
    gate: object = field(compare=False)

    def __post_init__(self) -> None:
        if self.gate is not _GATE:
            raise NoConsent("A case is released by release() alone, which checks the consent.")

    def __repr__(self) -> str:
        return "Released()"


def release(case: HtcdsCase, *, recipient: str, consent: ConsentTerms | Override, today: dt.date) -> Released:
    """Return what of a case may go to a recipient; raise `NoConsent` when nothing may.

    Free text is not searched: a name that stands in what somebody told goes out with it. Show it before it is sent.
    """
    if isinstance(consent, Override):
        _check_override(consent)
        terms: Mapping[str, object] = {"x_LegalBasis": consent.legal_basis}
        return Released(_shared(case, consent.shared, frozenset(), terms), recipient, _GATE)
    _check_consent(case, recipient, consent, today)
    terms = {
        "x_ConsentRecipient": consent.recipient,
        "x_ConsentPurpose": consent.purpose,
        "x_ConsentGiven": consent.given_day,
        "x_ConsentExpires": consent.expires_day,
    }
    return Released(_shared(case, consent.shared, consent.withheld, terms), recipient, _GATE)


def _check_consent(case: HtcdsCase, recipient: str, consent: ConsentTerms, today: dt.date) -> None:
    if case.consent.get("con_Consent") is not True:
        raise NoConsent("The person has not agreed (con_Consent). Ask them first.")
    if not recipient.strip() or consent.recipient != recipient:
        raise NoConsent("The consent names another recipient. Ask the person about this one.")
    if not consent.purpose.strip():
        raise NoConsent("The consent names no purpose. Ask the person again, and say what for.")
    if consent.withdrawn_day is not None:
        raise NoConsent("The person has taken the consent back. Nothing may be passed on.")
    if consent.given_day > today:
        raise NoConsent("The consent is dated in the future. Correct its day.")
    if consent.expires_day < today:
        raise NoConsent("The consent has ended. Ask the person again.")


def _check_override(override: Override) -> None:
    if override.role is not StaffRole.SUPERVISOR:
        raise NoConsent("Only a supervisor may decide to pass a case on without consent.")
    if not override.staff_id.strip():
        raise NoConsent("It must be written down who decided to pass the case on without consent.")
    if len(override.legal_basis.strip()) < LEAST_LEGAL_BASIS:
        raise NoConsent("Passing a case on without consent needs its legal basis in words: which law, which order.")


def _shared(
    case: HtcdsCase, shared: frozenset[str], withheld: frozenset[str], terms: Mapping[str, object]
) -> HtcdsCase:
    known = {*items(), *always_shared(), *collected()}
    if not shared | withheld <= known:
        raise HtcdsError("The consent names an item that is not known. See referral.htcds.items() for all.")
    parts: dict[str, object] = {
        section: _kept(case.single(section), shared, withheld) for section in SINGLE if section is not Section.CONSENT
    }
    for section in REPEATED:
        records = (_kept(record, shared, withheld) for record in case.repeated(section))
        parts[section] = tuple(record for record in records if record)
    given = case.consent.get("con_Consent") is True
    parts[Section.CONSENT] = Record(Section.CONSENT, {"con_Consent": given, **terms})
    without = replace(case, **parts)  # type: ignore[arg-type]
    return replace(without, organisations=_named(without))


def _kept(record: Record, shared: frozenset[str], withheld: frozenset[str]) -> Record:
    return Record(
        record.section,
        {name: value for name, value in record.values.items() if _goes(name, shared) and not _is_in(name, withheld)},
    )


def _goes(name: str, shared: frozenset[str]) -> bool:
    return collected()[name].item in always_shared() or _is_in(name, shared)


def _is_in(name: str, listed: frozenset[str]) -> bool:
    return name in listed or collected()[name].item in listed


def _named(case: HtcdsCase) -> dict[str, Record]:
    """Return the organisations that a remaining field names: of the others not even the name may go out."""
    named = {record.get(entry.name) for section, record in case.records() for entry in lookups(section)}
    return {name: record for name, record in case.organisations.items() if name in named}
