"""Statistics know every choice that the bot offers, and how the bot takes urgency from the topic."""

import pytest

from bot.actions.intake import CHOICES
from bot.gateway.steps import CONCERN_TOPICS
from bot.i18n import LOCALES_DIR
from bot.languages import read_languages
from referral.enums import ReferralStatus, Urgency
from referral.statistics.counted import CountedCase
from referral.statistics.dimensions import AGE, LANGUAGE, STATUS, TOPIC, URGENCY, Dimension


@pytest.mark.parametrize(
    ("dimension", "choices"),
    [
        (TOPIC, CHOICES["topic"]),
        (AGE, CHOICES["age"]),
        (LANGUAGE, tuple(read_languages(LOCALES_DIR))),
        (STATUS, tuple(ReferralStatus)),
    ],
)
def test_every_choice_is_a_category(dimension: Dimension, choices: tuple[str, ...]) -> None:
    assert set(choices) <= set(dimension.categories)
    assert set(dimension.categories) - set(choices) <= {"other", "not_said"}


def test_urgencies_that_follow_from_the_topic_are_not_told_apart() -> None:
    assert set(CONCERN_TOPICS) < set(TOPIC.categories)
    by_topic = [
        CountedCase("2026-01", topic, urgency, "en", ReferralStatus.NEW, "25_59", None)
        for topic, urgency in (("trafficking", Urgency.CONCERN), ("work", Urgency.NORMAL))
    ]
    assert len({URGENCY.place(case) for case in by_topic}) == 1
