"""Every word of the console is in its locale files, and nothing else is."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.content.catalogues import forms_of
from bot.content.extraction import console_texts
from bot.i18n import LOCALES_DIR
from bot.paths import ROOT
from referral.console.reasons import REASONS

LANGUAGES = ("az", "ru")
SHOWN = {
    "TransitionRefused",
    "CaseClosed",
    "NoConsent",
    "NotPermitted",
}  # errors whose words a caseworker reads on the page
TO_THE_BOT = {"There is no consent for the organisation that would receive this referral."}  # no page shows this
SERVICES = ("asking", "assigning", "consent", "replying", "sharing", "staff_erasure", "steps")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_console_is_translated(language: str) -> None:
    with Path(LOCALES_DIR, language, "LC_MESSAGES", "console.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    translated = {
        forms_of(message.id)
        for message in catalogue
        if message.id and all(forms_of(message.string)) and forms_of(message.string) and not message.fuzzy
    }
    assert {forms_of(text) for text in console_texts()} - translated == set()


def test_what_a_service_refuses_is_said_in_the_pages_language() -> None:
    said = {text for name in SERVICES for text in refusals(ROOT / "referral" / "service" / f"{name}.py")} - TO_THE_BOT
    assert said - REASONS == set()
    assert len(said) > 10


def refusals(path: Path) -> set[str]:
    """Return the fixed texts with which a module refuses something."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWN:
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
        elif isinstance(node, ast.FunctionDef) and node.name == "_lacking":
            found |= {
                one.value.value
                for one in ast.walk(node)
                if isinstance(one, ast.Return) and isinstance(one.value, ast.Constant)
            }
    return {str(text) for text in found}
