"""Where people see a fact: the lines of answers and other texts, as they read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.facts import FactError
from bot.i18n import SOURCE_LANGUAGE, Locales

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"</?[bi]>")
UNKNOWN = "…"  # for what the program fills in


@dataclass(frozen=True)
class ShownLine:
    """One line with a fact: the answer or text that it stands in, and what people read before, in and after it."""

    context: str
    before: str
    value: str
    after: str


def texts_with(locales: Locales, name: str) -> tuple[str, ...]:
    """Return the texts of the bot that show a fact and are no answers."""
    return tuple(text for text, entry in locales.dialogue.items() if f"{{{name}}}" in entry["text"])


def lines_with(locales: Locales, name: str, language: str) -> Iterator[ShownLine]:
    """Yield the first line of each answer and text that shows a fact, in a language; English where that is missing."""
    for context, english in _contexts(locales, name):
        text = locales.translations.get(language, {}).get(context) or english
        line = next((line for line in text.splitlines() if f"{{{name}}}" in line), None)
        if line is not None:
            before, _, after = line.partition(f"{{{name}}}")
            yield ShownLine(
                context,
                _plain(before, locales, language),
                _rendered(name, locales, language),
                _plain(after, locales, language),
            )


def _contexts(locales: Locales, name: str) -> Iterator[tuple[str, str]]:
    for intent, entry in locales.answers.items():
        if name in locales.facts_used(intent):
            yield f"answer/{intent}", entry["text"]
    for text in texts_with(locales, name):
        yield f"text/{text}", locales.dialogue[text]["text"]


def _plain(text: str, locales: Locales, language: str) -> str:
    return _PLACEHOLDER.sub(lambda match: _rendered(match[1], locales, language), _TAG.sub("", text))


def _rendered(name: str, locales: Locales, language: str) -> str:
    try:
        return locales.facts.render(name, language)
    except FactError:
        return UNKNOWN


def languages_of(locales: Locales) -> tuple[str, ...]:
    """Return the languages that people read, the source last: translations are what may differ."""
    return (*(code for code in locales.languages if code != SOURCE_LANGUAGE), SOURCE_LANGUAGE)
