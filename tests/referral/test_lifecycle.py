"""The lifecycle table is the law: every pair of states is tried."""

import pytest

from referral.enums import ReferralStatus as S
from referral.errors import TransitionRefused
from referral.lifecycle import OPEN, check_staff_step, may_person_revoke

ALLOWED = {
    (S.NEW, S.ACCEPTED),
    (S.NEW, S.REJECTED),
    (S.ACCEPTED, S.IN_PROGRESS),
    (S.ACCEPTED, S.DONE),
    (S.ACCEPTED, S.REJECTED),
    (S.IN_PROGRESS, S.DONE),
    (S.IN_PROGRESS, S.REJECTED),
    (S.DONE, S.IN_PROGRESS),
    (S.REJECTED, S.IN_PROGRESS),
}


@pytest.mark.parametrize("present", list(S))
@pytest.mark.parametrize("to", list(S))
def test_staff_can_take_the_steps_of_the_table_and_no_other(present: S, to: S) -> None:
    if (present, to) in ALLOWED:
        check_staff_step(present, to, reason="a reason")
    else:
        with pytest.raises(TransitionRefused):
            check_staff_step(present, to, reason="a reason")


def test_a_rejection_needs_a_reason() -> None:
    with pytest.raises(TransitionRefused, match="reason"):
        check_staff_step(S.NEW, S.REJECTED, reason=" ")


def test_the_person_can_take_back_what_is_open_and_staff_can_never_undo_it() -> None:
    assert {status for status in S if may_person_revoke(status)} == OPEN == {S.NEW, S.ACCEPTED, S.IN_PROGRESS}
    assert not any(present is S.REVOKED for present, _ in ALLOWED)
