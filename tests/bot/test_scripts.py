"""Letters rule languages out, and lean where they cannot."""

import pytest

from bot.i18n import language_codes
from bot.nlu.scripts import by_script

EQUAL = {code: 1 / len(language_codes()) for code in language_codes()}


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("სად არის", {"ka"}),
        ("جواز سفر", {"ar", "fa"}),
        ("گذرنامه", {"fa"}),
        ("паспорт", {"ru", "uk"}),
        ("мої документи", {"uk"}),
        ("мой выезд", {"ru"}),
        ("pasportumu götürdülər", {"az"}),
    ],
)
def test_letters_rule_languages_out(text: str, languages: set[str]) -> None:
    found = by_script(text, EQUAL)
    assert set(found) == languages
    assert sum(found.values()) == pytest.approx(1)


def test_cyrillic_that_could_be_either_is_rather_russian() -> None:
    found = by_script("паспорт", EQUAL)
    assert found["ru"] == pytest.approx(2 * found["uk"])


def test_latin_letters_are_rather_of_a_language_that_is_written_with_them() -> None:
    found = by_script("passport", EQUAL)
    assert set(found) == set(EQUAL)
    assert {code for code, share in found.items() if share == max(found.values())} == {"az", "en", "tr"}


def test_a_sure_word_of_another_alphabet_is_believed_in_latin_letters_too() -> None:
    found = by_script("zdravstvuyte", dict.fromkeys(EQUAL, 0.001) | {"ru": 0.99})
    assert max(found, key=lambda code: found[code]) == "ru"
