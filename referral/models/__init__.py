"""The tables, one a file."""

from referral.models.audit_event import AuditEvent
from referral.models.base import Base
from referral.models.case_field import CaseField
from referral.models.case_key import CaseKey
from referral.models.case_message import CaseMessage
from referral.models.case_record import CaseRecord
from referral.models.consent_record import ConsentRecord
from referral.models.organisation import Organisation, OrganisationKey, OrganisationKeyGrant
from referral.models.outbox_item import OutboxRow
from referral.models.pull_reply import PullReplyRow
from referral.models.route import RouteRow
from referral.models.staff import Staff
from referral.models.staff_notice import StaffNotice
from referral.models.tombstone import Tombstone

__all__ = [
    "AuditEvent",
    "Base",
    "CaseField",
    "CaseKey",
    "CaseMessage",
    "CaseRecord",
    "ConsentRecord",
    "Organisation",
    "OrganisationKey",
    "OrganisationKeyGrant",
    "OutboxRow",
    "PullReplyRow",
    "RouteRow",
    "Staff",
    "StaffNotice",
    "Tombstone",
]
