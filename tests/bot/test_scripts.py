"""Letters rule languages out, and lean where they cannot."""

import pytest

from bot.languages import languages_of
from bot.nlu.scripts import by_script

NAMES = {"az": "Azərbaycanca", "en": "English", "tr": "Türkçe", "ka": "ქართული", "ar": "العربية", "ur": "اردو"}
LANGUAGES = languages_of(
    {
        **{code: {"name": name, "rtl": code in ("ar", "ur"), "hints": [code]} for code, name in NAMES.items()},
        "az": {"name": "Azərbaycanca", "rtl": False, "hints": ["az"], "letters": "ə"},
        "ru": {"name": "Русский", "rtl": False, "hints": ["ru"], "letters": "ыэъё", "likelier": 2},
        "uk": {"name": "Українська", "rtl": False, "hints": ["uk"], "letters": "іїєґ"},
        "fa": {"name": "فارسی", "rtl": True, "hints": ["fa"], "letters": "پچژگ"},
        "ur": {"name": "اردو", "rtl": True, "hints": ["ur"], "letters": "پچژگٹڈڑںے"},
    }
)
EQUAL = dict.fromkeys(LANGUAGES, 1 / len(LANGUAGES))


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("სად არის", {"ka"}),
        ("جواز سفر", {"ar", "fa", "ur"}),
        ("گذرنامه", {"fa", "ur"}),
        ("مجھے بتائیں", {"ur"}),
        ("паспорт", {"ru", "uk"}),
        ("мої документи", {"uk"}),
        ("мой выезд", {"ru"}),
        ("мої выезд", {"ru", "uk"}),
        ("护照", set(EQUAL)),
        ("pasportumu götürdülər", {"az"}),
    ],
)
def test_letters_rule_languages_out(text: str, languages: set[str]) -> None:
    found = by_script(text, EQUAL, LANGUAGES)
    assert set(found) == languages
    assert sum(found.values()) == pytest.approx(1)


def test_cyrillic_that_could_be_either_is_rather_russian() -> None:
    found = by_script("паспорт", EQUAL, LANGUAGES)
    assert found["ru"] == pytest.approx(2 * found["uk"])


def test_latin_letters_are_rather_of_a_language_that_is_written_with_them() -> None:
    found = by_script("passport", EQUAL, LANGUAGES)
    assert set(found) == set(EQUAL)
    assert {code for code, share in found.items() if share == max(found.values())} == {"az", "en", "tr"}


def test_a_sure_word_of_another_alphabet_is_believed_in_latin_letters_too() -> None:
    found = by_script("zdravstvuyte", dict.fromkeys(EQUAL, 0.001) | {"ru": 0.99}, LANGUAGES)
    assert max(found, key=lambda code: found[code]) == "ru"
