"""Confidential referrals: everything that a person tells is sealed before it comes here. Works without the bot."""

from referral.db import checkpoint, engine_for, session_scope
from referral.enums import Direction, OutboxState, ReferralStatus, StaffRole, Urgency
from referral.errors import BadSubmission, CaseClosed, CaseNotFound, NoConsent, ReferralError, TransitionRefused
from referral.schema import upgrade_schema
from referral.service.common import RETENTION_DAYS
from referral.service.opening import Opened, open_referral
from referral.service.person import append_message, erase, withdraw
from referral.service.status import (
    Access,
    CaseStatusView,
    PullReply,
    mark_pull_read,
    status_for_code,
    status_for_route,
)
from referral.submission import (
    ConsentGiven,
    SealedField,
    Submission,
    field_from_json,
    field_to_json,
    submission_from_json,
    submission_to_json,
)

__all__ = [
    "RETENTION_DAYS",
    "Access",
    "BadSubmission",
    "CaseClosed",
    "CaseNotFound",
    "CaseStatusView",
    "ConsentGiven",
    "Direction",
    "NoConsent",
    "Opened",
    "OutboxState",
    "PullReply",
    "ReferralError",
    "ReferralStatus",
    "SealedField",
    "StaffRole",
    "Submission",
    "TransitionRefused",
    "Urgency",
    "append_message",
    "checkpoint",
    "engine_for",
    "erase",
    "field_from_json",
    "field_to_json",
    "mark_pull_read",
    "open_referral",
    "session_scope",
    "status_for_code",
    "status_for_route",
    "submission_from_json",
    "submission_to_json",
    "upgrade_schema",
    "withdraw",
]
