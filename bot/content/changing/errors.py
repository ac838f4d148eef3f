"""Why a change did not go in. In each case no file was touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.changing.edit import Edit, Value
from bot.content.check import Report
from bot.content.finding import Finding
from bot.errors import OperatorError


class ChangeError(OperatorError):
    """A change that cannot be made; the message says why and what to do."""


class NothingChanged(ChangeError):
    """Every value is already as the change would have it."""

    def __init__(self) -> None:
        super().__init__("Nothing is different from what is in the files. Change something first.")


class NeedsSecondPerson(ChangeError):
    """A wrong word here can do much harm: another editor must look at the change first."""

    def __init__(self) -> None:
        super().__init__("A second editor must approve this change. Propose it, and ask somebody to look at it.")


@dataclass(frozen=True)
class Clash:
    """An edit, and the value that the file has now; None when the entry is not there any more."""

    edit: Edit
    now: Value


class Conflict(ChangeError):
    """Somebody has changed the same values in the meantime."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        names = ", ".join(f"{clash.edit.file}: {' / '.join(clash.edit.path)}" for clash in clashes)
        super().__init__(f"Somebody has changed this in the meantime: {names}. Look at both and decide.")
        self.clashes = tuple(clashes)


class Refused(ChangeError):
    """The check found mistakes that the change brings in, or that its entries have: `findings`; `report` has all."""

    def __init__(self, report: Report, findings: Sequence[Finding]) -> None:
        super().__init__("The check found mistakes. Mend them and save again.")
        self.report = report
        self.findings = tuple(findings)
