"""What can go wrong with a record of the standard. No message holds a value: values are what people told."""

from collections.abc import Sequence
from dataclasses import dataclass

from referral.errors import ReferralError


class HtcdsError(ReferralError):
    """The base of all errors of this package."""


class BadValue(HtcdsError):
    """A value does not fit its field."""

    def __init__(self, field: str, wrong: str, remedy: str) -> None:
        super().__init__(f"{field}: {wrong} {remedy}")
        self.field, self.wrong, self.remedy = field, wrong, remedy


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file: where, in which field, what, and what to do about it."""

    place: str
    field: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.place}, {self.field}" if self.place else self.field
        return f"{where}: {self.wrong} {self.remedy}"


class Refused(HtcdsError):
    """Something was refused as a whole; `faults` has every reason."""

    SHOWN = 20

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = [str(fault) for fault in faults[: self.SHOWN]]
        if len(faults) > self.SHOWN:
            lines.append(f"… and {len(faults) - self.SHOWN} more.")
        super().__init__("\n".join(lines))
        self.faults = tuple(faults)


class ImportRefused(Refused):
    """A file cannot be read; nothing of it was taken over."""


class AssessmentRefused(Refused):
    """What staff filled in is not as the standard has it; nothing of it may be stored."""


class ExportRefused(HtcdsError):
    """A case does not fit into the file that was asked for; the message names the field."""


class PassphraseTooShort(HtcdsError):
    """A passphrase could be guessed."""


class PartnerFileClosed(HtcdsError):
    """A partner's file cannot be opened: another passphrase, or it was changed on its way."""
