"""The bot's words as they would be once a form is saved, without saving it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.content.content import Content, State, Text
from bot.editor.shelf import Shelf
from bot.editor.subjects import ANSWER, MESSAGE, SOURCE, Subject
from bot.editor.typed import Typed, languages_of
from bot.i18n import SOURCE_LANGUAGE, Locales

UNKNOWN = ("⟦", "⟧")  # around a placeholder that nothing fills, so that the rest can be shown
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def drafted(held: Shelf, subject: Subject, typed: Typed, *, tolerant: bool = True) -> Locales:
    """Return the words with a form's texts; `tolerant` ones show a placeholder that nothing fills."""
    known = _known(held.content, subject)

    def words(language: str, name: str) -> str:
        text = typed.texts[language, name]
        return _PLACEHOLDER.sub(lambda m: m[0] if m[1] in known else m[1].join(UNKNOWN), text) if tolerant else text

    locales = held.content.locales
    english = {part.name: words(SOURCE_LANGUAGE, part.name) for part in subject.parts}
    translations: dict[str, dict[str, str]] = {code: dict(held_) for code, held_ in locales.translations.items()}
    for language in languages_of(held)[1:]:
        for part in subject.parts:
            translations[language].pop(part.context, None)
            if typed.is_seen(held, language, part):
                translations[language][part.context] = words(language, part.name)
    return _with_english(replace(locales, translations=translations), subject, english)


def drafted_texts(held: Shelf, subject: Subject, typed: Typed) -> tuple[Text, ...]:
    """Return the texts of a form as the rules look at them."""
    return tuple(
        replace(
            held.texts[language, part.context],
            english=typed.texts[SOURCE_LANGUAGE, part.name],
            text=typed.texts[language, part.name],
            state=State.SHOWN if typed.is_seen(held, language, part) else State.STALE,
        )
        for language in languages_of(held)
        for part in subject.parts
    )


def _with_english(locales: Locales, subject: Subject, english: Mapping[str, str]) -> Locales:
    if subject.kind == ANSWER:
        entry = {**locales.answers[subject.name], **english}
        return replace(
            locales,
            answers={**locales.answers, subject.name: entry},
            labels={**locales.labels, f"answer:{subject.name}": english["label"]},
        )
    if subject.kind == MESSAGE:
        entry = {**locales.dialogue[subject.name], **english}
        return replace(locales, dialogue={**locales.dialogue, subject.name: entry})
    if subject.kind == SOURCE:
        source = replace(locales.facts.sources[subject.name], name=english["label"])
        sources = {**locales.facts.sources, subject.name: source}
        return replace(locales, facts=replace(locales.facts, sources=sources))
    return replace(locales, labels={**locales.labels, subject.name: english["label"]})


def _known(content: Content, subject: Subject) -> frozenset[str]:
    facts = {name for name, fact in content.facts.facts.items() if fact.value is not None}
    values: Mapping[str, Any] = {} if subject.kind == ANSWER else content.explained.values
    return frozenset(facts | values.keys())
