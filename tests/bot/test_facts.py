"""How values of facts are written in each language."""

import datetime as dt

import pytest

from bot.facts import Confidence, Fact, Facts, Unit

MAY = Fact(
    name="closed",
    value="2025-05",
    unit=Unit.DATE,
    source=None,
    date="",
    checked=dt.date(2026, 1, 1),
    confidence=Confidence.CONFIRMED,
    review_by=dt.date(2027, 1, 1),
    behind=None,
    note=None,
    test_dialled=None,
    verified_by=None,
)
NAMES = {
    "az": "may 2025",
    "ar": "مايو 2025",
    "tr": "Mayıs 2025",
    "ka": "მაისი 2025",
    "ru": "май 2025",
    "uk": "травень 2025",
    "fa": "مه 2025",
    "en": "May 2025",
}


@pytest.mark.parametrize("order", [list(NAMES), list(reversed(NAMES))])
def test_a_month_has_its_own_name_in_each_language_whichever_was_asked_before(order: list[str]) -> None:
    facts = Facts({"closed": MAY}, {})
    assert {language: facts.render("closed", language) for language in order} == NAMES
