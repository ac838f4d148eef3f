"""Every word of the console is in its locale files, and nothing else is."""

import ast
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.content.console import LANGUAGES, console_texts, update_console
from bot.i18n import LOCALES_DIR
from bot.paths import ROOT
from referral.console.reasons import REASONS

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
        message.id
        for message in catalogue
        if message.id
        and message.string
        and all([message.string] if isinstance(message.string, str) else message.string)
        and not message.fuzzy
    }
    assert set(console_texts()) - translated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_update_without_a_change_changes_nothing(language: str, tmp_path: Path) -> None:
    name = Path(language, "LC_MESSAGES", "console.po")
    (tmp_path / name).parent.mkdir(parents=True)
    shutil.copy(LOCALES_DIR / name, tmp_path / name)
    update_console(tmp_path, language)
    assert (tmp_path / name).read_text() == (LOCALES_DIR / name).read_text(), "run `python -m bot.content update`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    with Path(LOCALES_DIR, language, "LC_MESSAGES", "console.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert [
        (message.id, list(message.check(catalogue))) for message in catalogue if list(message.check(catalogue))
    ] == []


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
