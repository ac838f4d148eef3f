"""What is said about a reply: at once, when the safe time begins, or not into the chat at all."""

import datetime as dt

import pytest
from flask import Flask

from referral.console.delivery import Way, after, before
from referral.safe_contact import BAKU

NIGHT, MORNING = dt.datetime(2026, 11, 24, 23, 10, tzinfo=BAKU), dt.datetime(2026, 11, 24, 9, 0, tzinfo=BAKU)


@pytest.mark.parametrize(
    ("way", "now", "says"),
    [
        (Way("any", full=False), NIGHT, "at once"),
        (Way("morning", full=False), MORNING, "at once"),
        (Way("morning", full=True), NIGHT, "25 November 2026, 08:00"),
        (Way("evening", full=False), MORNING, "24 November 2026, 18:00"),
        (Way("", full=False), NIGHT, "writes nothing to them"),
        (Way("typed", full=False), NIGHT, "that you choose here"),
    ],
)
def test_it_is_said_before(app: Flask, way: Way, now: dt.datetime, says: str) -> None:
    with app.test_request_context():
        assert says in " ".join(before(way, now=now))


@pytest.mark.parametrize(
    ("way", "window", "says"),
    [
        (Way("typed", full=False), "morning", "25 November 2026, 08:00"),
        (Way("typed", full=False), "any", "at once"),
        (Way("typed", full=False), None, "Nothing goes to the chat"),
        (Way("day", full=False), "any", "25 November 2026, 12:00"),  # the person chose by a button: that counts
        (Way("", full=False), "any", "come with their code"),
    ],
)
def test_it_is_said_after(app: Flask, way: Way, window: str | None, says: str) -> None:
    with app.test_request_context():
        assert says in after(way, window, now=NIGHT)


def test_a_way_survives_its_form() -> None:
    for way in (Way("typed", full=True), Way("", full=False), Way("evening", full=False)):
        assert Way.from_text(way.as_text()) == way
    assert Way.from_text("1.midnight") == Way("", full=True)
