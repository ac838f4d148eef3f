"""What can go wrong, each with a message that names what was wrong and holds nothing of a case."""


class ReferralError(Exception):
    """The base of all errors of this package."""


class BadSubmission(ReferralError):
    """A submission is not of its form; the message names the field."""


class NoConsent(ReferralError):
    """There is no consent that matches the recipient."""


class UnknownOrganisation(ReferralError):
    """The organisation does not exist here."""


class StaleEpoch(ReferralError):
    """The organisation's key of the submission is not the present one."""


class CaseClosed(ReferralError):
    """The case takes no more messages: it is closed, taken back or erased."""


class CaseNotFound(ReferralError):
    """There is no such case for this member of staff."""


class TransitionRefused(ReferralError):
    """The lifecycle does not allow this step."""


class SealBroken(ReferralError):
    """A sealed value cannot be opened: it was changed, or it is for another key."""


class RecordMismatch(ReferralError):
    """A sealed value belongs to another row than the one it stands in."""


class ForgedRecord(ReferralError):
    """A signature does not fit: the value was not written by the bot."""


class KeyListError(ReferralError):
    """The signed list of keys cannot be believed."""


class ManifestForged(KeyListError):
    """It is not signed with this system's administration key, or is not of its form."""


class ManifestRolledBack(KeyListError):
    """It is older than one that was believed before."""


class ManifestExpired(KeyListError):
    """Its last day is over."""


class NotPermitted(ReferralError):
    """This role may not do it."""


class NotPublishable(ReferralError):
    """These statistics may not be published; the message says why."""
