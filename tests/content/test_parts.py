"""The small parts of the check: forms of words, reading ease, dates, telephone numbers."""

import datetime as dt

import pytest

from bot.content.readability import grade, sentences, syllables
from bot.content.rules.numbers import numbers
from bot.content.rules.phones import exists
from bot.content.wording import forms, readable
from bot.i18n import LOCALES_DIR
from bot.review import REVIEW_MONTHS, months_after, review_by


@pytest.mark.parametrize(
    ("pattern", "language", "text", "found"),
    [
        ("caseworker*", "en", "two <b>Caseworkers</b>", True),
        ("free", "en", "freedom", False),
        ("work permit", "en", "a WORK\npermit", True),
        ("sığınaca*", "az", "SIĞINACAQ", True),
        ("insan alver*", "az", "İnsan alverinə", True),
        ("*مجاني*", "ar", "مَجَّانيّة", True),
        ("*غیردولتی", "fa", "سازمان‌های غیردولتی", True),
        ("поліці*", "uk", "Поліція", True),
        ("code", "en", "{code}", False),
        ("юрист*", "ru", "конюрист", False),
    ],
)
def test_a_form_is_found_as_people_read_it(pattern: str, language: str, text: str, found: bool) -> None:
    assert bool(forms([pattern], language).search(readable(text, language))) is found


def test_no_forms_find_nothing() -> None:
    assert not forms([], "en").search("anything")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("passport", 2),
        ("police", 2),
        ("stopped", 1),
        ("wanted", 2),
        ("rules", 1),
        ("wages", 2),
        ("people", 2),
        ("12", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    assert sentences("One two. Three?\n• Four") == ["One two.", "Three?", "• Four"]
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59)
    assert grade("") == 0


def test_a_review_is_due_by_risk_or_on_its_own_day() -> None:
    assert months_after(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert review_by({"risk": "low", "checked": "2026-11-24"}) == dt.date(2028, 5, 24)
    assert review_by({"risk": "low", "checked": "2026-11-24", "review_by": "2027-01-01"}) == dt.date(2027, 1, 1)


def test_the_head_of_the_answers_says_what_the_program_does() -> None:
    head = (LOCALES_DIR / "source" / "answers.yml").read_text(encoding="utf-8").partition("\ntrafficking_")[0]
    high, medium, low = (REVIEW_MONTHS[risk] for risk in ("high", "medium", "low"))
    assert f"high {high} months, medium {medium}, low {low}" in head


def test_numbers_are_the_same_in_all_digits() -> None:
    assert numbers("18 to {x} 24 <b>") == numbers("۲۴ … ۱۸") == ("18", "24")
    assert numbers("5,520 in 2025") == numbers("2025: 5 520") == numbers("۵٬۵۲۰ ۲۰۲۵") == ("2025", "5520")


@pytest.mark.parametrize(
    ("number", "country", "known"),
    [("112", "AZ", True), ("(012) 919", "AZ", True), ("157", "TR", True), ("157", "AZ", False), ("9999", "AZ", False)],
)
def test_a_number_exists_when_the_library_or_our_list_has_it(number: str, country: str, known: bool) -> None:
    assert exists(number, country, {"AZ": {"012919": "State Migration Service"}}) is known
    assert exists("+994 12 465 90 71", "AZ", {})
