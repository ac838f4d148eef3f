"""What staff do with a case: claim, read, reply, change its state."""

from referral.service.opened import OpenCase, OpenConsent, OpenMessage, OpenValue
from referral.service.reading import read_case
from referral.service.replying import reply
from referral.service.steps import change_status, claim

__all__ = [
    "OpenCase",
    "OpenConsent",
    "OpenMessage",
    "OpenValue",
    "change_status",
    "claim",
    "read_case",
    "reply",
]
