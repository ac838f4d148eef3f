"""The tables, one a file."""

from referral.models.audit_event import AuditEvent
from referral.models.base import Base
from referral.models.case_deadline import CaseDeadline
from referral.models.case_field import CaseField
from referral.models.case_hold import CaseHold
from referral.models.case_key import CaseKey
from referral.models.case_message import CaseMessage
from referral.models.case_record import CaseRecord
from referral.models.case_referral import CaseReferral
from referral.models.consent_record import ConsentRecord
from referral.models.consent_request import ConsentRequest
from referral.models.content_feedback import ContentFeedback
from referral.models.content_gap import ContentGap
from referral.models.legal_override import LegalOverride
from referral.models.number_report import NumberReport
from referral.models.organisation import EscrowShare, Organisation, OrganisationKey, OrganisationKeyGrant
from referral.models.outbox_item import OutboxRow
from referral.models.pull_reply import PullReplyRow
from referral.models.route import RouteRow
from referral.models.staff import Staff
from referral.models.staff_alert import StaffAlert
from referral.models.staff_notice import StaffNotice
from referral.models.staff_route import StaffRoute
from referral.models.tombstone import Tombstone

__all__ = [
    "AuditEvent",
    "Base",
    "CaseDeadline",
    "CaseField",
    "CaseHold",
    "CaseKey",
    "CaseMessage",
    "CaseRecord",
    "CaseReferral",
    "ConsentRecord",
    "ConsentRequest",
    "ContentFeedback",
    "ContentGap",
    "EscrowShare",
    "LegalOverride",
    "NumberReport",
    "Organisation",
    "OrganisationKey",
    "OrganisationKeyGrant",
    "OutboxRow",
    "PullReplyRow",
    "RouteRow",
    "Staff",
    "StaffAlert",
    "StaffNotice",
    "StaffRoute",
    "Tombstone",
]
