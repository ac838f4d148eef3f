"""The form's questions are one list in code, domain and texts; each wording of the consent has its own button."""

import datetime as dt
import re

import pytest
import yaml

from bot.actions import intake
from bot.content.shapes import VERSION_FORM
from bot.editor.edits import next_version
from bot.gateway.conversation import FORM_PAYLOADS
from bot.gateway.steps import OLD_BUTTONS
from bot.gateway.wording import SCOPES, WORDINGS
from bot.i18n import Locales, load_locales
from bot.intents import TECHNICAL, is_allowed, parse_payload
from bot.paths import ROOT
from referral.submission import WORDING_VERSION

LOCALES: Locales = load_locales()
DOMAIN = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
ASKED_BY_ACTIONS = {"narrative", "confirm"}
CONSENTS = sorted(filter(None, WORDINGS.values()))


def test_the_domain_asks_the_questions_of_the_form_in_their_order() -> None:
    required = DOMAIN["forms"]["referral_form"]["required_slots"]
    assert required == [f"{intake.PREFIX}{question}" for question in intake.QUESTIONS]
    assert set(required) <= set(DOMAIN["slots"])
    assert set(intake.empty()) == set(DOMAIN["slots"])


def test_every_question_has_its_words() -> None:
    for question in intake.QUESTIONS:
        assert f"ask_{question}" in LOCALES.dialogue
        if question not in ASKED_BY_ACTIONS:
            assert f"utter_ask_referral_form_intake_{question}" in DOMAIN["responses"]


def test_every_choice_of_the_form_has_its_button_or_its_language() -> None:
    offered = set(re.findall(r"choose:([a-z_0-9.]+)=", str(LOCALES.dialogue)))
    expected = {f"{q}.{o}" for q, options in intake.CHOICES.items() if q != "language" for o in options}
    assert offered == expected


@pytest.mark.parametrize("name", CONSENTS)
def test_a_wording_of_the_consent_has_its_own_button_and_version(name: str) -> None:
    payloads = [button.payload for row in LOCALES.buttons(name, "en") for button in row]
    agreeing = [payload for payload in payloads if payload.startswith("consent_give")]
    value = next(value for value, wording in WORDINGS.items() if wording == name)
    assert agreeing == ["consent_give" if value is None else f"consent_give:{value}"]
    assert "consent_refuse" in payloads
    assert WORDING_VERSION.fullmatch(LOCALES.version(name) or "")


def test_an_editor_can_change_a_wording_as_often_as_they_want_and_requests_are_stored() -> None:
    version = LOCALES.version("ask_consent_minor") or ""
    for _time in range(12):
        version = next_version(version, dt.date(2027, 1, 31))
        assert WORDING_VERSION.fullmatch(version), version
    assert WORDING_VERSION.pattern == VERSION_FORM.pattern  # what the check lets live is what a case can hold


def test_no_two_wordings_have_the_same_version() -> None:
    versions = [LOCALES.version(name) for name in [*CONSENTS, "consent_asked"]]
    assert len(set(versions)) == len(versions)
    assert LOCALES.version("ask_consent") == "2026-11-26 (2)"


def test_each_wording_stands_for_one_scope() -> None:
    assert set(SCOPES) == set(CONSENTS)
    assert {intake.SCOPES[value or intake.SELF]: WORDINGS[value] for value in WORDINGS} == {
        scope: name for name, scope in SCOPES.items()
    }


@pytest.mark.parametrize("name", CONSENTS)
@pytest.mark.parametrize(
    "element",
    [
        "Who reads it: caseworkers of {organisation}",
        "What for: ",
        "What: only what you answer here",
        "You can refuse every question",
        "your agreement ends after {consent_days} days",
        "{retention_days} days after it is closed",
        "You can take it back, delete it and ask what is stored",
        "/status",
        "No other help depends on it",
        "Telegram, and anyone who holds this phone, can read this chat",
        "The law, or danger to a life, may oblige a caseworker to pass something on, even without your yes",
        "If you do not agree, nothing is stored",
    ],
)
def test_a_consent_says_what_the_standards_ask_for(name: str, element: str) -> None:
    assert element in LOCALES.dialogue[name]["text"]


def test_a_minor_reads_who_is_not_told_and_whom_to_call() -> None:
    text = LOCALES.dialogue["ask_consent_minor"]["text"]
    assert "{hotline_child}" in text
    assert "tells nothing to your parents" in text
    assert "nothing is passed on to anybody else" in text


def test_every_payload_of_a_text_is_one_that_the_dialogue_takes() -> None:
    for name, entry in LOCALES.dialogue.items():
        for row in entry.get("buttons", []):
            for spec in row:
                payload = parse_payload(spec.split("=", 1)[0])
                assert payload is not None, (name, spec)
                assert is_allowed(payload), (name, spec)


def test_what_the_gateway_does_with_buttons_is_for_buttons_that_there_are() -> None:
    known = set(TECHNICAL) | {"skip", "read_reply"}
    assert set(FORM_PAYLOADS) <= known
    assert set(OLD_BUTTONS) <= known
