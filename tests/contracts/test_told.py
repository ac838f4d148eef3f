"""Everything that a person may be told of their request has its words; without them /status would fail for them."""

import pytest

from bot.actions import intake
from bot.i18n import Locales, load_locales
from referral.enums import LegalBasis, ReferralStatus, SharingStatus, StaffRole
from referral.recipients import ITEMS
from referral.retention.feedback import GAP_DAYS
from referral.service.status import TOLD

LOCALES: Locales = load_locales()
ACTS = {*TOLD.values(), "closed", "accepted"}
NEEDED = {
    *(f"did_{act}" for act in ACTS),
    *(f"role_{role.value}" for role in StaffRole),
    *(f"state_{status.value}" for status in ReferralStatus),
    *(f"shared_{status.value}" for status in SharingStatus),
    *(f"basis_{basis.value}" for basis in LegalBasis),
    *(f"item_{item}" for item in (*ITEMS, "none")),
    *(f"held_{field}" for field in (*intake.TYPED, "choices", "index")),
    *(f"about_{about}" for about in (intake.MINOR, intake.OTHER)),
    *(f"contact_{contact}" for contact in intake.CHOICES["contact"]),
    "purpose_service",
    "purpose_support",
}
ALERTS = ("new", "overdue", "overdue_still")


@pytest.mark.parametrize("key", sorted(NEEDED))
def test_it_has_a_word(key: str) -> None:
    assert LOCALES.labels.get(key), key


@pytest.mark.parametrize("kind", ALERTS)
@pytest.mark.parametrize("language", LOCALES.languages)
def test_a_message_to_colleagues_says_a_number_at_most(kind: str, language: str) -> None:
    assert "{" not in LOCALES.text(f"alert_{kind}", language, count="3")


@pytest.mark.parametrize("language", LOCALES.languages)
def test_the_notice_says_nothing_of_cases_or_helpers(language: str) -> None:
    text = LOCALES.text("relay_notice", language).lower()
    assert "{" not in text
    if language == "en":
        assert not any(word in text for word in ("case", "request", "help", "answer", "reply", "message"))


@pytest.mark.parametrize("language", LOCALES.languages)
def test_privacy_tells_how_long_a_question_without_an_answer_is_kept(language: str) -> None:
    assert str(GAP_DAYS) in LOCALES.text("privacy", language, organisation="Org")
