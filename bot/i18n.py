"""The bot's words: English sources, their translations from PO files, and the filling of placeholders.

Nothing here knows Rasa or Telegram. Texts are HTML of two tags, <b> and <i>; values that are filled in are escaped.
"""

import datetime as dt
import hashlib
import html
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from babel.messages.pofile import read_po

from bot.bidi import isolate
from bot.facts import Confidence, Fact, Facts, load_facts
from bot.languages import FILE as LANGUAGES_FILE
from bot.languages import Language, languages_of, offered
from bot.review import review_by
from bot.review import today as present_day
from bot.yamlfile import load_kept

LOCALES_DIR = Path(__file__).resolve().parent.parent / "locales"
SOURCE_LANGUAGE = "en"
DRAFT = "draft"  # of an answer that is being written: nobody is shown it
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class TextError(Exception):
    """A text is missing or has a placeholder that nothing fills; the message names both."""


class Html(str):
    """Text that is HTML already and is filled in as it is."""


@dataclass(frozen=True)
class Button:
    """A button: what it says to the person, and the payload that it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Locales:
    """Every word of the bot in every language; immutable, made anew when the files change."""

    languages: Mapping[str, Language]
    facts: Facts
    dialogue: Mapping[str, Any]
    labels: Mapping[str, str]
    answers: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, str]]

    def text(self, name: str, language: str, **values: object) -> str:
        """Return a dialogue text with its facts and values filled in; raise `TextError` if something is missing."""
        entry = self.dialogue.get(name)
        if entry is None:
            raise TextError(f"There is no text named {name!r} in dialogue.yml.")
        return self._fill(name, self._translated(f"text/{name}", entry["text"], language), language, values)

    def label(self, key: str, language: str, **values: object) -> str:
        """Return a short word: a label of dialogue.yml, or `topic:…`, `act:…`, `answer:…`, `behind:…`."""
        source = self.labels.get(key)
        if source is None:
            raise TextError(f"There is no label named {key!r}.")
        return self._fill(key, self._translated(f"label/{key}", source, language), language, values)

    def buttons(self, name: str, language: str) -> list[list[Button]]:
        """Return the rows of buttons that belong to a dialogue text."""
        entry = self.dialogue[name]
        rows = [[self._button(spec, language) for spec in row] for row in entry.get("buttons", [])]
        return [*self.language_rows(entry["languages"]), *rows] if "languages" in entry else rows

    def language_rows(self, payload: str) -> list[list[Button]]:
        """Return a button for each language that is served, two a row; each payload begins with `payload`."""
        buttons = [Button(language.name, f"{payload}{code}") for code, language in self.languages.items()]
        return [buttons[place : place + 2] for place in range(0, len(buttons), 2)]

    def going_on(self, rows: Sequence[Sequence[Button]], language: str) -> list[list[Button]]:
        """Return the rows as they are in an open form: the button that would begin one goes on with it instead."""
        resume = Button(self.label("btn_next", language), "intake_resume")
        changed = [[resume if b.payload.partition(":")[0] == "request_help" else b for b in row] for row in rows]
        return [list(dict.fromkeys(row)) for row in changed]

    def expects(self, name: str) -> str | None:
        """Return what the gateway does with the next typed message, if the text says so."""
        expect: str | None = self.dialogue[name].get("expect")
        return expect

    def version(self, name: str) -> str | None:
        """Return the version of a consent's wording; None for a text that is none."""
        version: str | None = self.dialogue[name].get("version")
        return version

    def answer(self, intent: str, language: str, *, today: dt.date | None = None) -> str:
        """Return the answer to an intent, with its source, the day on which it was checked, and what is not sure."""
        return "\n".join(
            [self.answer_words(intent, language), *self.answer_cautions(intent, language, today or present_day())]
        )

    def answer_version(self, intent: str, language: str) -> str:
        """Return eight hexadecimal digits that change with what is shown of an answer, not with its cautions."""
        return hashlib.blake2b(self.answer_words(intent, language).encode(), digest_size=4).hexdigest()

    def answer_words(self, intent: str, language: str) -> str:
        """Return an answer with its source line, without cautions."""
        entry = self.answers[intent]
        translated = self.translations.get(language, {}).get(f"answer/{intent}")
        body = self._fill(intent, translated or entry["text"], language, {}).strip()
        if translated is None and language != SOURCE_LANGUAGE:
            note = self.text("answer_other_language", language, language_name=self.languages[SOURCE_LANGUAGE].name)
            body = f"{note.strip()}\n{body}"
        return f"{body}\n{self.answer_footer(intent, language)}"

    def answer_footer(self, intent: str, language: str) -> str:
        """Return the line that says where an answer is from and when it was last checked."""
        entry = self.answers[intent]
        names = [self._translated(f"source/{key}", self.facts.source(key).name, language) for key in entry["sources"]]
        dates = [fact.checked for fact in self.facts_behind(intent)]
        checked = min(dates, default=min(fact.checked for fact in self.facts.facts.values()))
        day = format_date(checked, format="long", locale=language)
        footer = self.text("answer_footer", language, sources="; ".join(names), checked=day).strip()
        return footer.replace("..", ".")  # Babel ends a Russian date with a full stop, and so does the sentence

    def answer_cautions(self, intent: str, language: str, today: dt.date) -> list[str]:
        """Return the lines that say what nobody has confirmed yet, and that a check is overdue."""
        facts = self.facts_behind(intent)
        weak = [fact.name for fact in facts if fact.confidence is Confidence.WEAK]
        words = ", ".join(self.facts.render(name, language) for name in dict.fromkeys(weak))
        lines = [self.text("answer_weak", language, facts=words)] if weak else []
        due = min([review_by(self.answers[intent]), *(fact.review_by for fact in facts)])
        if due < today:
            day = format_date(due, format="long", locale=language)
            lines.append(self.text("answer_overdue", language, day=day).replace("..", "."))
        return [line.strip() for line in lines]

    def facts_used(self, intent: str) -> tuple[str, ...]:
        """Return the names of the facts that the English source of an answer shows."""
        return tuple(name for name in _PLACEHOLDER.findall(self.answers[intent]["text"]) if name in self.facts.facts)

    def facts_behind(self, intent: str) -> list[Fact]:
        """Return the facts that an answer shows, and those that keep what it promises."""
        backing: Mapping[str, str] = self.answers[intent].get("backed_by", {})
        return [self.facts.named(name) for name in (*self.facts_used(intent), *backing.values())]

    def intent_label(self, intent: str, language: str) -> str:
        """Return the short name of an intent, as a button shows it."""
        prefix = "answer" if intent in self.answers else "act"
        return self.label(f"{prefix}:{intent}", language)

    def has_intent(self, intent: str) -> bool:
        """Tell whether there are words for an intent; what is released may be older than the catalogue."""
        return intent in self.answers or f"act:{intent}" in self.labels

    def from_hint(self, language_code: str | None) -> str | None:
        """Return the language that Telegram's `language_code` points to, or None."""
        prefix = (language_code or "").lower().split("-")[0]
        return next((code for code, language in self.languages.items() if prefix in language.hints), None)

    def _button(self, spec: str, language: str) -> Button:
        payload, key = spec.split("=", 1)
        return Button(title=self.label(key, language), payload=payload)

    def _translated(self, context: str, source: str, language: str) -> str:
        return self.translations.get(language, {}).get(context) or source

    def _fill(self, name: str, text: str, language: str, values: Mapping[str, object]) -> str:
        def value_of(match: re.Match[str]) -> str:
            key = match[1]
            if key in values:
                value = values[key]
                return value if isinstance(value, Html) else html.escape(str(value), quote=False)
            if key in self.facts.facts:
                return html.escape(self.facts.render(key, language), quote=False)
            raise TextError(f"Text {name!r} ({language}) has the placeholder {{{key}}}, which nothing fills.")

        filled = _PLACEHOLDER.sub(value_of, text).replace("☎ ", "☎\u00a0")  # a number never parts from its sign
        return isolate(filled) if self.languages[language].rtl else filled


def load_locales(directory: Path = LOCALES_DIR, *, also: Collection[str] = ()) -> Locales:
    """Read every locale file; raise `TextError` or `FactError` naming the file or entry that cannot be used.

    What is in preparation is left out, unless `also` names it: codes of languages, intents of answers.
    """
    source = directory / "source"
    dialogue = _read(source / "dialogue.yml")
    answers = {
        intent: entry
        for intent, entry in _read(source / "answers.yml").items()
        if not entry.get(DRAFT) or intent in also
    }
    labels = _labels(dialogue["labels"], _read(source / "labels.yml"), answers)
    facts = load_facts(directory / "facts.yml")
    english = _english(dialogue["texts"], labels, answers, facts)
    listed = languages_of(_read(directory / LANGUAGES_FILE))
    languages = {code: language for code, language in listed.items() if language.offered or code in also}
    return Locales(
        languages=languages,
        facts=facts,
        dialogue=dialogue["texts"],
        labels=labels | {f"lang_{code}": language.name for code, language in languages.items()},
        answers=answers,
        translations={code: _translations(directory, code, english) for code in languages if code != SOURCE_LANGUAGE},
    )


def placeholders(source: str) -> list[str]:
    """Return the names of everything that is filled into a text, in their order."""
    return _PLACEHOLDER.findall(source)


def language_codes(directory: Path = LOCALES_DIR) -> tuple[str, ...]:
    """Return the codes of the languages that people are offered, in the order of the menu."""
    return tuple(offered(directory))


def _read(path: Path) -> Any:
    try:
        return load_kept(path)
    except FileNotFoundError as error:
        raise TextError(f"The file {path} is missing.") from error
    except yaml.YAMLError as error:
        raise TextError(f"{path} is not valid YAML: {error}") from error


def _labels(own: Mapping[str, str], shared: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, str]:
    labels = dict(own)
    for group, prefix in (("topics", "topic"), ("acts", "act"), ("behind", "behind")):
        labels.update({f"{prefix}:{key}": word for key, word in shared[group].items()})
    labels.update({f"answer:{intent}": entry["label"] for intent, entry in answers.items()})
    return labels


def _english(
    texts: Mapping[str, Any], labels: Mapping[str, str], answers: Mapping[str, Any], facts: Facts
) -> dict[str, str]:
    """Return context → English text of everything that is translated."""
    english = {f"text/{name}": entry["text"] for name, entry in texts.items()}
    english |= {f"label/{key}": word for key, word in labels.items()}
    english |= {f"answer/{intent}": entry["text"] for intent, entry in answers.items()}
    return english | {f"source/{key}": source.name for key, source in facts.sources.items()}


def _translations(directory: Path, language: str, english: Mapping[str, str]) -> dict[str, str]:
    """Return context → translation. What is marked fuzzy or is of another English text is not shown, the source is."""
    found: dict[str, str] = {}
    for domain in ("dialogue", "answers"):
        path = directory / language / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists():
            raise TextError(f"The file {path} is missing.")
        entries = _entries(path.read_bytes(), language)
        found.update({context: text for context, source, text in entries if source == english.get(context)})
    return found


@lru_cache(maxsize=32)  # most of the time of reading; when the files change, one or two of them have
def _entries(content: bytes, language: str) -> tuple[tuple[str, object, str], ...]:
    """Return context, English and translation of what a PO file has that is not fuzzy."""
    catalogue = read_po(BytesIO(content), locale=language)
    held = (message for message in catalogue if message.string and not message.fuzzy)
    return tuple((str(message.context), message.id, str(message.string)) for message in held)
