"""Feedback on answers: once for each person and version."""

import pytest

from referral import session_scope
from referral.crypto import route_tag
from referral.feedback.counts import FeedbackCount, feedback_counts
from referral.feedback.person import Person
from referral.models import ContentFeedback
from tests.referral.conftest import World
from tests.referral.feedback.said import say


def counts(world: World) -> list[FeedbackCount]:
    """Return what the editors see."""
    with session_scope(world.console) as session:
        return feedback_counts(session)


def test_each_person_counts_once_for_each_version_of_an_answer(world: World) -> None:
    assert say(world, 1, helpful=True)
    assert not say(world, 1, helpful=False)  # what was said first stays
    assert say(world, 2, helpful=False)
    assert say(world, 1, helpful=False, version="ffffffff")
    assert counts(world) == [
        FeedbackCount("work_passport_kept", "az", "0a1b2c3d", 1, 1),
        FeedbackCount("work_passport_kept", "az", "ffffffff", 0, 1),
    ]


def test_what_one_person_says_of_two_answers_cannot_be_put_together(world: World) -> None:
    say(world, 1, helpful=True)
    say(world, 1, helpful=True, intent="work_wage_unpaid")
    with session_scope(world.engine) as session:
        first, second = session.query(ContentFeedback).all()
    assert first.who != second.who


@pytest.mark.parametrize("subject", ["", "answer", "number hotline_labour"])
def test_the_hash_is_never_that_of_a_route(subject: str) -> None:
    key = bytes(32)
    assert Person(5, key).about(subject) != route_tag(5, index_key=key)
    assert Person(5, key).about(subject) != Person(5, b"\x01" * 32).about(subject)


def test_a_person_shows_neither_chat_nor_key() -> None:
    assert repr(Person(987654321, b"k" * 32)) == "Person()"
