"""Who may do what, by role. Need to know: an editor sees no case at all."""

from enum import StrEnum, unique
from types import MappingProxyType

from referral.enums import StaffRole as R
from referral.errors import NotPermitted


@unique
class May(StrEnum):
    """What needs a permission."""

    WORK = "work"
    ASSIGN = "assign"
    SHARE = "share"
    ANSWER_SHARING = "answer_sharing"
    EXPORT = "export"
    OVERRIDE = "override"
    HOLD = "hold"
    SET_DEADLINES = "set_deadlines"
    READ_LOG = "read_log"
    STATISTICS = "statistics"
    EDIT_CONTENT = "edit_content"


_WORKERS = frozenset({R.INTAKE, R.CASEWORKER, R.SUPERVISOR})
ROLES = MappingProxyType(
    {
        May.WORK: _WORKERS,
        May.ASSIGN: frozenset({R.INTAKE, R.SUPERVISOR}),
        May.SHARE: _WORKERS,
        May.ANSWER_SHARING: frozenset({R.INTAKE, R.SUPERVISOR}),
        May.EXPORT: _WORKERS,
        May.OVERRIDE: frozenset({R.SUPERVISOR}),
        May.HOLD: frozenset({R.SUPERVISOR}),
        May.SET_DEADLINES: frozenset({R.SUPERVISOR}),
        May.READ_LOG: frozenset({R.SUPERVISOR}),
        May.STATISTICS: frozenset({R.SUPERVISOR}),
        May.EDIT_CONTENT: frozenset({R.EDITOR, R.SUPERVISOR}),
    }
)


def may(role: R, what: May) -> bool:
    """Tell whether a role has a permission."""
    return role in ROLES[what]


def require(role: R, what: May) -> None:
    """Raise `NotPermitted` unless the role has the permission."""
    if not may(role, what):
        raise NotPermitted(f"Your role ({role.value}) may not do this ({what.value}). Ask your supervisor.")
