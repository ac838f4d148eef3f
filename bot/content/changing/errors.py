"""Why a change did not go in. In each case no file was touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.changing.edit import Edit, Value
from bot.content.check import Report
from bot.content.finding import Finding
from bot.errors import OperatorError


class ChangeError(OperatorError):
    """A change that cannot be made; the message says why and what to do."""


class NoReason(ChangeError):
    """Nobody said why."""

    def __init__(self) -> None:
        super().__init__("A change needs a reason: say in a few words why.")


class OwnChange(ChangeError):
    """Somebody would approve what they proposed themselves."""

    def __init__(self) -> None:
        super().__init__("Nobody approves a change of their own.")


class Decided(ChangeError):
    """A proposal is not open any more, or was never there."""

    def __init__(self, by: str | None) -> None:
        told = "There is no such proposal." if by is None else f"{by} has already decided on this proposal."
        super().__init__(told)
        self.by = by


class SameMoment(ChangeError):
    """A file was written by another hand while the change was checked."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed by somebody at the same moment. Nothing was changed; save again.")


class NotWritten(ChangeError):
    """The files cannot be written: rights or the disk."""

    def __init__(self, name: str, why: str | None) -> None:
        super().__init__(f"{name} cannot be written: {why}. Nothing was changed.")
        self.name, self.why = name, why or ""


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
