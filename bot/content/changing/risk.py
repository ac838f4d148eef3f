"""What a wrong word can do most harm in: there, a second person looks before it goes in."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot.content.changing.edit import Edit
from bot.content.changing.subject import subject_of
from bot.content.sources import ANSWERS, DIALOGUE, FACTS, PLACEHOLDER
from bot.facts import Unit
from bot.yamlfile import load

HIGH = "high"
CARDS = "card_"  # dialogue texts that are shown in danger
CONSENTS = ("consent_", "ask_consent")
CONSENT_BUTTONS = "btn_consent_"
# Saying that something was looked at changes nothing that people read but the day on which it was.
NOTED = {
    "answer": frozenset({"checked", "owner"}),
    "fact": frozenset({"checked", "review_by", "test_dialled", "verified_by", "note"}),
}


def needs_second_person(locales: Path, edits: Iterable[Edit]) -> bool:
    """Tell whether a change touches an answer of high risk, a danger card, a consent or a number to call."""
    answers, dialogue = load(locales / ANSWERS), load(locales / DIALOGUE)["texts"]
    urgent = emergency_facts(locales) | _phones(locales)
    is_high: dict[str, Callable[[str], bool]] = {
        "answer": partial(_is_high_answer, answers),
        "text": partial(is_high_text, dialogue),
        "label": is_high_label,
        "fact": lambda name: name in urgent,
    }
    for edit in edits:
        kind, _, name = subject_of(edit).partition("/")
        if not edit.is_change:
            continue
        noted = edit.is_review or (not edit.is_translation and edit.path[-1] in NOTED.get(kind, ()))
        if kind in is_high and not noted and is_high[kind](name):
            return True
    return False


def emergency_facts(locales: Path) -> frozenset[str]:
    """Return the names of the facts that a danger card shows."""
    facts, texts = load(locales / FACTS)["facts"], load(locales / DIALOGUE)["texts"]
    shown = (
        name for key, entry in texts.items() if key.startswith(CARDS) for name in PLACEHOLDER.findall(entry["text"])
    )
    return frozenset(name for name in shown if name in facts)


def _phones(locales: Path) -> frozenset[str]:
    """Return the names of the telephone numbers: whoever reads one dials it."""
    facts = load(locales / FACTS)["facts"]
    return frozenset(name for name, fact in facts.items() if fact["unit"] == Unit.PHONE)


def is_high_text(dialogue: Mapping[str, Any], name: str) -> bool:
    """Tell whether a dialogue text is a danger card or belongs to a consent."""
    return name.startswith((CARDS, *CONSENTS)) or "version" in dialogue.get(name, {})


def is_high_label(name: str) -> bool:
    """Tell whether a button is one by which people agree."""
    return name.startswith(CONSENT_BUTTONS)


def _is_high_answer(answers: Mapping[str, Any], intent: str) -> bool:
    return bool(answers.get(intent, {}).get("risk") == HIGH)
