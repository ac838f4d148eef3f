"""What the intake asks and what is exported: a choice that is added to the form must have its code."""

from bot.actions.intake import CHOICES
from referral.htcds.iso import language_code
from referral.htcds.mapping import AGES, SAFE_TIMES, TOPICS


def test_every_choice_of_the_intake_has_a_code_of_the_export() -> None:
    assert set(TOPICS) == set(CHOICES["topic"])
    assert set(AGES) == set(CHOICES["age"])
    assert set(SAFE_TIMES) == set(CHOICES["safe_time"])
    assert set(CHOICES["contact"]) == {"push", "push_text", "pull"}
    assert [language_code(language) for language in CHOICES["language"]] != []
