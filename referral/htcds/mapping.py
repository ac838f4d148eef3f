"""From a case of ours to a case of the standard. What is not known stays empty; nothing is concluded from anything."""

from collections.abc import Mapping

from referral.enums import ReferralStatus
from referral.htcds.assessment import Assessment, check_assessment
from referral.htcds.case import HtcdsCase, Record, lookups
from referral.htcds.facts import CaseFacts, OutgoingReferral
from referral.htcds.iso import language_code
from referral.htcds.table import Section, load_table
from referral.htcds.values import clean_text

Values = dict[str, object]
TOPICS = {
    "trafficking": "Trafficking",
    "work": "Work",
    "stay": "Stay",
    "health": "Health",
    "violence": "Violence",
    "discrimination": "Discrimination",
    "other": "Other",
}
AGES = {"under_18": "Under18", "18_24": "From18To24", "25_59": "From25To59", "60_plus": "From60"}
SAFE_TIMES = {"any": "AnyTime", "morning": "Morning8To12", "day": "Afternoon12To18", "evening": "Evening18To22"}
STATUSES = {
    ReferralStatus.NEW: "Active",
    ReferralStatus.ACCEPTED: "Active",
    ReferralStatus.IN_PROGRESS: "Active",
    ReferralStatus.DONE: "Closed",
    ReferralStatus.REJECTED: "Closed",
    ReferralStatus.REVOKED: "Closed",
}
PLACE = "Where, roughly: "


def case_of(facts: CaseFacts) -> HtcdsCase:
    """Return a case of the standard; raise `AssessmentRefused` or `BadValue` when a part of it does not fit.

    Staff's assessment goes over what the bot wrote. Of the trafficking status the bot writes `possible` at most, and
    only when the person chose that topic.
    """
    assessment = check_assessment(facts.assessment)
    organisations = _assessed_organisations(assessment)
    values = _by_section(assessment, organisations)
    return HtcdsCase(
        case_id=facts.case_id,
        person=_merged(Section.PERSON, _person(facts), values),
        victim=_merged(Section.VICTIM, _victim(facts), values),
        perpetrator=_merged(Section.PERPETRATOR, {}, values),
        case=_merged(Section.CASE, _case(facts), values),
        referrals=_referrals(facts, values[Section.REFERRALS]),
        comments=_comments(facts),
        events=_filled(_merged(Section.EVENTS, {}, values)),
        support_plans=_filled(_merged(Section.SUPPORT_PLANS, {}, values)),
        consent=Record(Section.CONSENT, {"con_Consent": facts.consent_given}),
        organisations=organisations
        | {sent.organisation_id: Record(Section.ORGANISATIONS, sent.organisation) for sent in facts.outgoing},
    )


def _person(facts: CaseFacts) -> Values:
    return {
        "prs_FirstName": _clean(facts.name_to_call),
        "prs_PrimaryLanguage": _language(facts.choices.get("language", "")),
        "x_AgeBand": AGES.get(facts.choices.get("age", "")),
        "x_SafeTime": _safe_time(facts.choices),
        "x_SafeTimeWords": _clean(facts.safe_time_words),
    }


def _language(choice: str) -> str | None:
    return language_code(choice) if choice not in ("", "skipped") else None


def _safe_time(choices: Mapping[str, str]) -> str | None:
    if choices.get("contact") == "pull":
        return "NeverFirst"
    return SAFE_TIMES.get(choices.get("safe_time", ""))


def _victim(facts: CaseFacts) -> Values:
    chosen = facts.choices.get("topic") == "trafficking"
    return {"vic_TraffickingStatus": "PossibleVictimOfTrafficking" if chosen else None}


def _case(facts: CaseFacts) -> Values:
    closed = STATUSES[facts.status] == "Closed"
    status = "ClosedReferred" if facts.status is ReferralStatus.DONE and facts.outgoing else STATUSES[facts.status]
    return {
        "cas_Status": status,
        "cas_ReasonForCaseClosure": _clean(facts.closure_reason) if closed else None,
        "cas_CaseOwner": _clean(facts.owner),
        "x_Topic": TOPICS.get(facts.choices.get("topic", "")),
    }


def _referrals(facts: CaseFacts, incoming: Values) -> tuple[Record, ...]:
    """Return the referrals; how the case came in stands beside the first that went out, as the standard has it."""
    came = {"cas_IncomingReferralDate": facts.opened_day} | incoming
    sent = [_outgoing(referral) for referral in facts.outgoing] or [{}]
    return tuple(Record(Section.REFERRALS, values) for values in [came | sent[0], *sent[1:]])


def _outgoing(referral: OutgoingReferral) -> Values:
    return {
        "cas_ReferredOrganisation": referral.organisation_id,
        "cas_ReferredPrimaryCaseWorker": _clean(referral.caseworker),
        "cas_ReasonForOutgoingReferral": referral.reason,
        "cas_OutgoingReferralDate": referral.day,
        "cas_OutgoingReferralDetails": _clean(referral.details),
    }


def _comments(facts: CaseFacts) -> tuple[Record, ...]:
    told = [_clean(text) for text in facts.narratives]
    place = _clean(facts.place)
    texts = [text for text in [*told, PLACE + place if place else None] if text]
    return tuple(Record(Section.COMMENTS, {"cco_CaseComment": text}) for text in texts)


def _assessed_organisations(assessment: Assessment) -> dict[str, Record]:
    """Return the organisations that staff named, under an id made of the field that they named them in."""
    fields = [field.name for section in (Section.VICTIM, Section.REFERRALS) for field in lookups(section)]
    named = {name: value for name in fields if isinstance(value := assessment.get(name), dict)}
    return {_id_of(name): Record(Section.ORGANISATIONS, value) for name, value in named.items()}


def _by_section(assessment: Assessment, organisations: Mapping[str, Record]) -> dict[Section, Values]:
    found: dict[Section, Values] = {section: {} for section in Section}
    for name, value in assessment.items():
        field = load_table().by_name[name]
        found[field.section][name] = _id_of(name) if _id_of(name) in organisations else value
    return found


def _id_of(name: str) -> str:
    return f"of-{name}"


def _merged(section: Section, ours: Values, assessed: Mapping[Section, Values]) -> Record:
    return Record(section, ours | assessed[section])


def _filled(record: Record) -> tuple[Record, ...]:
    return (record,) if record else ()


def _clean(text: str | None) -> str | None:
    return clean_text(text) if text and text.strip() else None
