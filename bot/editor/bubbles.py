"""A text as people see it in Telegram: the message with what fills it in, and the buttons below."""

import html
import re
from dataclasses import dataclass

from markupsafe import Markup

from bot.content.content import Content
from bot.doubted import phones_in
from bot.editor.drafting import UNKNOWN, drafted
from bot.editor.shelf import Shelf
from bot.editor.subjects import ANSWER, MESSAGE, SOURCE, Subject
from bot.editor.typed import Typed, languages_of
from bot.facts import FactError
from bot.i18n import SOURCE_LANGUAGE, Button, Html, Locales, TextError
from bot.intents import load_catalogue

_TAG = re.compile(r"(</?[bi]>)")
_UNKNOWN = re.compile(f"{UNKNOWN[0]}(\\w*){UNKNOWN[1]}")


@dataclass(frozen=True)
class Bubble:
    """A message. `asked` is the button that leads to it; `is_english` when people would see English instead."""

    language: str
    rtl: bool
    words: Markup
    rows: tuple[tuple[str, ...], ...]
    asked: str = ""
    is_english: bool = False


def bubbles(held: Shelf, subject: Subject, typed: Typed) -> dict[str, Bubble]:
    """Return the message in each language as it would be once the form is saved."""
    locales = drafted(held, subject, typed)
    return {language: _bubble(held, locales, subject, typed, language) for language in languages_of(held)}


def _bubble(held: Shelf, locales: Locales, subject: Subject, typed: Typed, language: str) -> Bubble:
    is_english = language != SOURCE_LANGUAGE and not typed.is_seen(held, language, subject.parts[-1])
    rtl = locales.languages[language].rtl
    try:
        words, rows, asked = _shown(held.content, locales, subject, language)
    except (TextError, FactError) as error:
        return Bubble(language, rtl, Markup("<em>{}</em>").format(str(error)), (), is_english=is_english)
    titles = tuple(tuple(button.title for button in row) for row in rows)
    return Bubble(language, rtl, safe(words.strip()), titles, asked, is_english)


def _shown(content: Content, locales: Locales, subject: Subject, language: str) -> tuple[str, list[list[Button]], str]:
    values = {name: Html(value["example"]) for name, value in content.explained.values.items()}
    if subject.kind == ANSWER:
        words = locales.answer(subject.name, language, today=content.today)
        return words, answer_buttons(locales, subject.name, language), locales.intent_label(subject.name, language)
    if subject.kind == MESSAGE:
        return locales.text(subject.name, language, **values), locales.buttons(subject.name, language), ""
    if subject.kind == SOURCE:
        user = next((name for name, entry in locales.answers.items() if subject.name in entry["sources"]), None)
        return ("–" if user is None else locales.answer_footer(user, language)), [], ""
    label = locales.label(subject.name, language, **values)
    return ("", [[Button(label, "")]], "") if subject.group == "buttons" else (label, [], "")


def answer_buttons(locales: Locales, intent: str, language: str) -> list[list[Button]]:
    """Return the buttons below an answer as the bot puts them there: what is related, a person, topics, feedback."""
    known = load_catalogue().by_name
    rows = [
        [Button(locales.intent_label(other, language), other)]
        for other in locales.answers[intent]["related"]
        if other in known
    ]
    below = [["btn_talk"], ["btn_menu"], ["btn_helped", "btn_not_helped"]]
    if phones_in(locales, locales.answers[intent]["text"]):
        below.append(["btn_number_wrong"])
    return [*rows, *([Button(locales.label(name, language), name) for name in row] for row in below)]


def safe(text: str) -> Markup:
    """Return a text of the bot as HTML for a page: <b> and <i> that are closed, everything else as it was written."""
    parts, still_open = [], []
    for part in _TAG.split(text):
        if not _TAG.fullmatch(part):
            escaped = html.escape(html.unescape(part), quote=False)
            parts.append(_UNKNOWN.sub(r"<mark>{\1}</mark>", escaped))
        elif not part.startswith("</"):
            still_open.append(part[1])
            parts.append(part)
        elif still_open and still_open[-1] == part[2]:
            still_open.pop()
            parts.append(part)
        else:
            parts.append(html.escape(part))
    closing = [f"</{tag}>" for tag in reversed(still_open)]
    return Markup("".join([*parts, *closing]))  # noqa: S704 - escaped above
