"""Who may import whom (architecture §6): a wrong import would undo what the processes keep apart."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.paths import ROOT

FORBIDDEN = {
    "referral": ("bot", "rasa", "rasa_sdk", "telegram", "spacy", "sanic"),
    "bot/gateway": ("rasa", "rasa_sdk", "bot.actions", "bot.nlu", "bot.nlg", "bot.channel", "bot.sandbox"),
    "bot/actions": ("rasa", "telegram", "bot.gateway", "bot.nlu", "bot.sandbox", "nacl", "referral.console"),
    "bot/nlu": ("referral", "telegram", "bot.actions", "bot.sandbox"),
    "bot/nlg.py": ("referral", "telegram", "bot.gateway", "bot.actions"),
    "bot/channel.py": ("referral", "telegram", "bot.gateway", "bot.actions"),
    "bot/tracker_store.py": ("referral", "telegram", "bot.gateway", "bot.actions"),
    "bot/sandbox": ("referral", "rasa", "rasa_sdk", "telegram", "bot.gateway"),
    "bot/content": ("rasa", "rasa_sdk", "telegram", "referral", "bot.actions", "bot.sandbox", "bot.supervisor"),
    "bot/editor": ("rasa", "telegram", "bot.gateway", "bot.actions", "bot.nlu", "bot.sandbox", "sqlalchemy"),
    "bot/gaps": ("rasa", "rasa_sdk", "telegram", "bot.gateway", "bot.actions", "bot.nlu", "bot.sandbox"),
    "bot/review.py": ("bot", "rasa", "referral", "telegram"),
    "bot/intents": ("bot.gateway", "bot.actions", "bot.nlu", "bot.i18n", "bot.facts", "referral", "rasa", "telegram"),
    "bot/i18n.py": ("bot.gateway", "bot.actions", "bot.nlu", "bot.intents", "referral", "rasa", "telegram"),
    "bot/facts.py": ("bot.i18n", "bot.gateway", "bot.actions", "bot.nlu", "bot.intents", "referral", "rasa"),
}
GATEWAY_MAY_USE = {
    "referral": {
        "CONSENT_DAYS",
        "RETENTION_DAYS",
        "SHARING_DAYS",
        "ConsentGiven",
        "ConsentScope",
        "KeyListError",
        "SealedField",
        "Submission",
        "Urgency",
        "consent_to_json",
        "engine_for",
        "field_to_json",
        "oncall",
        "outbox",
        "session_scope",
        "submission_to_json",
    },
    "referral.crypto": None,
    "referral.crypto.manifest": None,
    "referral.enums": {"GapKind"},
    "referral.errors": None,
    "referral.feedback.content_key": {"read_content_key"},
    "referral.feedback.doubts": {"doubted_facts"},
    "referral.feedback.gaps": {"NewGap", "store_gap"},
    "referral.feedback.noting": None,
    "referral.feedback.person": None,
    "referral.feedback.reporting": {"report_number"},
    "referral.outbox": None,
    "referral.checkpoints": None,
    "referral.db": {"scope"},
    "referral.oncall": None,
    "referral.published": None,
    "referral.recipients": None,
    "referral.safe_contact": None,
    "referral.terms": None,
}


def files(place: str) -> list[Path]:
    """Return the Python files of a package or a module."""
    path = ROOT / place
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def imported(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield every module that a file imports, with the name that is taken from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.module, alias.name) for alias in node.names)


def is_within(module: str, package: str) -> bool:
    """Tell whether a module is a package or lies in it."""
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("place", FORBIDDEN)
def test_nobody_imports_what_they_may_not(place: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files(place)
        for module, _name in imported(path)
        if any(is_within(module, package) for package in FORBIDDEN[place])
    ]
    assert wrong == []


def test_the_gateway_uses_only_the_public_side_of_referral() -> None:
    wrong = []
    for path in files("bot/gateway"):
        for module, name in imported(path):
            if not is_within(module, "referral"):
                continue
            allowed = GATEWAY_MAY_USE.get(module, set())
            if allowed is not None and name not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} imports {name} of {module}")
    assert wrong == []


def test_referral_works_with_the_bot_deleted() -> None:
    packages = {module.split(".")[0] for path in files("referral") for module, _name in imported(path)}
    assert "bot" not in packages
    assert "sqlalchemy" in packages
