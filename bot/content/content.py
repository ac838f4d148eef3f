"""Everything that the rules look at: texts in every language, facts, glossary and the other files."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from bot.content.placeholders import Explained
from bot.facts import FactError, Facts
from bot.i18n import SOURCE_LANGUAGE, Html, Locales, TextError
from bot.intents import Catalogue


@unique
class State(StrEnum):
    """Whether people see a text in their language."""

    SHOWN = "shown"
    MISSING = "missing"
    STALE = "stale"  # marked fuzzy, or of another English text


@unique
class Kind(StrEnum):
    """What a text is."""

    ANSWER = "answer"
    TEXT = "text"
    LABEL = "label"
    SOURCE = "source"
    CONSOLE = "console"


@dataclass(frozen=True)
class Text:
    """One text in one language, with the English text that it is of."""

    file: str
    entry: str
    kind: Kind
    language: str
    english: str
    text: str
    state: State = State.SHOWN

    @property
    def name(self) -> str:
        """Return the id without its kind."""
        return self.entry.partition("/")[2]

    @property
    def is_english(self) -> bool:
        """Tell whether this is the source itself."""
        return self.language == SOURCE_LANGUAGE


@dataclass(frozen=True)
class Content:
    """The editors' files on a day. Names of files begin with the name of `directory`, which is `locales`."""

    directory: Path
    today: dt.date
    locales: Locales
    catalogue: Catalogue
    texts: tuple[Text, ...]
    files: Mapping[str, Any]
    lines: Mapping[str, tuple[str, ...]]
    catalogues: Mapping[str, Catalog]
    explained: Explained

    @property
    def facts(self) -> Facts:
        """Return the facts."""
        return self.locales.facts

    @property
    def glossary(self) -> Mapping[str, Any]:
        """Return glossary.yml."""
        glossary: Mapping[str, Any] = self.files[self.named("glossary.yml")]
        return glossary

    @cached_property
    def english(self) -> tuple[Text, ...]:
        """Return the English texts of the bot."""
        return tuple(text for text in self.texts if text.is_english)

    @cached_property
    def shown(self) -> tuple[Text, ...]:
        """Return what people see of the bot, English included."""
        return tuple(text for text in self.texts if text.kind is not Kind.CONSOLE and text.state is State.SHOWN)

    @cached_property
    def pairs(self) -> tuple[Text, ...]:
        """Return every translation that is shown, the console's too: what must fit its English text."""
        return tuple(text for text in self.texts if not text.is_english and text.state is State.SHOWN)

    @cached_property
    def pairs_of(self) -> Mapping[str, list[Text]]:
        """Return language → its translations that are shown."""
        pairs: dict[str, list[Text]] = {}
        for text in self.pairs:
            pairs.setdefault(text.language, []).append(text)
        return pairs

    @cached_property
    def rendered(self) -> Mapping[tuple[str, str], str]:
        """Return (language, entry) → what a person sees, with examples where the program fills something in.

        For what is not translated, that is English. Names of sources and the console's words are not there.
        """
        values = {name: Html(value["example"]) for name, value in self.explained.values.items()}
        seen = ((text, self._render(text, values)) for text in self.texts)
        return {(text.language, text.entry): words for text, words in seen if words is not None}

    def named(self, name: str) -> str:
        """Return the name of a file of `locales` as editors know it."""
        return f"{self.directory.name}/{name}"

    def of_languages(self, name: str) -> Iterator[tuple[str, str, Any]]:
        """Yield language, file and content of a file that each language has, where it could be read."""
        for language in self.locales.languages:
            file = self.named(f"{language}/{name}")
            if file in self.files:
                yield language, file, self.files[file]

    def _render(self, text: Text, values: Mapping[str, Html]) -> str | None:
        """Return None when nothing fills a placeholder: the rules on placeholders and facts say which."""
        try:
            match text.kind:
                case Kind.ANSWER:
                    return self.locales.answer(text.name, text.language, today=self.today)
                case Kind.TEXT:
                    return self.locales.text(text.name, text.language, **values)
                case Kind.LABEL:
                    return self.locales.label(text.name, text.language, **values)
                case _:
                    return None
        except (TextError, FactError):
            return None
