"""Numbers, commands and Latin names within texts from right to left."""

import pytest

from bot.bidi import END, START, isolate
from bot.gateway.replies import CODE_PLACE
from bot.i18n import load_locales


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("☎ (012) 919: مهاجرت", "(012) 919"),
        ("اگر این گوشی امن نیست /exit را بزنید", "/exit"),
        ("به qeydiyyat@migration.gov.az بنویسید", "qeydiyyat@migration.gov.az"),
        ("از ASAN xidmət بپرسید", "ASAN xidmət"),
        ("حدود 250,000 نفر", f"250,000{END}"),
        ("«Sənədi olmayan adamı müalicə edirsiniz? Neçəyədir?»", "Sənədi olmayan adamı müalicə edirsiniz? Neçəyədir?"),
        ("شماره‌های 102, 103", f"102{END}, {START}103"),
    ],
)
def test_a_run_from_left_to_right_stands_by_itself(text: str, run: str) -> None:
    assert f"{START}{run}" in isolate(text)
    assert isolate(text).replace(START, "").replace(END, "") == text


def test_a_place_that_is_filled_later_stays_whole() -> None:
    assert isolate("رمزك: {code}") == f"رمزك: {START}{{code}}{END}"


@pytest.mark.parametrize("name", ["referral_opened_push", "referral_opened_pull"])
@pytest.mark.parametrize("language", load_locales().languages)
def test_the_gateway_finds_the_place_of_the_code(name: str, language: str) -> None:
    values = {"code": CODE_PLACE, "organisation": "Org", "retention_days": 90}
    assert load_locales().text(name, language, **values).count(CODE_PLACE) == 1


def test_markup_is_left_alone() -> None:
    assert isolate("<b>سلام</b> &amp; <i>خوب</i>") == "<b>سلام</b> &amp; <i>خوب</i>"


def test_only_languages_from_right_to_left_are_treated() -> None:
    locales = load_locales()
    assert START not in locales.answer("hotline_migration", "en")
    for code, language in locales.languages.items():
        if language.rtl:
            text = locales.answer("hotline_migration", code)
            assert f"{START}(012) 919{END}" in text
            assert text.count(START) == text.count(END)
