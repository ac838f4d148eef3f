"""Confidential referrals: everything that a person tells is sealed before it comes here. Works without the bot."""

from referral.db import checkpoint, engine_for, session_scope
from referral.enums import ConsentScope, Direction, OutboxState, ReferralStatus, SharingStatus, StaffRole, Urgency
from referral.errors import (
    BadSubmission,
    CaseClosed,
    CaseNotFound,
    KeyListError,
    NoConsent,
    ReferralError,
    TransitionRefused,
)
from referral.recipients import Recipient
from referral.schema import upgrade_schema
from referral.service.asking import SHARING_DAYS, answer_consent
from referral.service.common import CONSENT_DAYS, RETENTION_DAYS
from referral.service.opening import Opened, open_referral
from referral.service.person import append_message, erase, link_chat, withdraw, withdraw_sharing
from referral.service.status import (
    Access,
    CaseStatusView,
    PullReply,
    Sharing,
    mark_pull_read,
    status_for_code,
    status_for_route,
)
from referral.service.summary import Held, held
from referral.submission import (
    ConsentGiven,
    SealedField,
    Submission,
    consent_from_json,
    consent_to_json,
    field_from_json,
    field_to_json,
    submission_from_json,
    submission_to_json,
)

__all__ = [
    "CONSENT_DAYS",
    "RETENTION_DAYS",
    "SHARING_DAYS",
    "Access",
    "BadSubmission",
    "CaseClosed",
    "CaseNotFound",
    "CaseStatusView",
    "ConsentGiven",
    "ConsentScope",
    "Direction",
    "Held",
    "KeyListError",
    "NoConsent",
    "Opened",
    "OutboxState",
    "PullReply",
    "Recipient",
    "ReferralError",
    "ReferralStatus",
    "SealedField",
    "Sharing",
    "SharingStatus",
    "StaffRole",
    "Submission",
    "TransitionRefused",
    "Urgency",
    "answer_consent",
    "append_message",
    "checkpoint",
    "consent_from_json",
    "consent_to_json",
    "engine_for",
    "erase",
    "field_from_json",
    "field_to_json",
    "held",
    "link_chat",
    "mark_pull_read",
    "open_referral",
    "session_scope",
    "status_for_code",
    "status_for_route",
    "submission_from_json",
    "submission_to_json",
    "upgrade_schema",
    "withdraw",
    "withdraw_sharing",
]
