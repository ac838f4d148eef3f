"""Which steps a referral may take, and who may take them."""

from types import MappingProxyType

from referral.enums import ReferralStatus as S
from referral.enums import SharingStatus as T
from referral.errors import TransitionRefused

OPEN = frozenset({S.NEW, S.ACCEPTED, S.IN_PROGRESS})
BY_STAFF = MappingProxyType(
    {
        S.NEW: frozenset({S.ACCEPTED, S.REJECTED}),
        S.ACCEPTED: frozenset({S.IN_PROGRESS, S.DONE, S.REJECTED}),
        S.IN_PROGRESS: frozenset({S.DONE, S.REJECTED}),
        S.DONE: frozenset({S.IN_PROGRESS}),
        S.REJECTED: frozenset({S.IN_PROGRESS}),
        S.REVOKED: frozenset[S](),
    }
)
BY_PERSON = MappingProxyType({status: frozenset({S.REVOKED}) if status in OPEN else frozenset[S]() for status in S})
NEEDS_REASON = frozenset({S.REJECTED})
LIVE = frozenset({T.IN_PROGRESS, T.ACCEPTED})
BY_RECIPIENT = MappingProxyType({T.IN_PROGRESS: frozenset({T.ACCEPTED, T.REJECTED}), T.ACCEPTED: frozenset({T.DONE})})


def check_staff_step(present: S, to: S, *, reason: str) -> None:
    """Raise `TransitionRefused` unless staff may take this step; a rejection needs a reason."""
    if to not in BY_STAFF[present]:
        raise TransitionRefused(f"A referral that is {present.value} cannot become {to.value}.")
    if to in NEEDS_REASON and not reason.strip():
        raise TransitionRefused("A rejection needs a reason.")


def may_person_revoke(present: S) -> bool:
    """Tell whether the person can still take the referral back."""
    return S.REVOKED in BY_PERSON[present]


def check_sharing_step(present: T, to: T, *, reason: str) -> None:
    """Raise `TransitionRefused` unless the recipient of a referral may take this step; a rejection needs a reason."""
    if to not in BY_RECIPIENT.get(present, frozenset()):
        raise TransitionRefused(f"A referral that is {present.value} cannot become {to.value}.")
    if to is T.REJECTED and not reason.strip():
        raise TransitionRefused("A rejection needs a reason.")
