"""Words of promise stand only where a fact keeps the promise, or where the line says that it is not known."""

import re
from collections.abc import Iterator

from bot.content.content import Content, Kind, Text
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.content.wording import forms, found_in, readable
from bot.i18n import SOURCE_LANGUAGE

RULE = "promises"


def check(content: Content) -> Iterator[Finding]:
    """Yield promises without a fact in English, and those that only a translation makes."""
    hedged = forms(content.glossary["hedges"][SOURCE_LANGUAGE], SOURCE_LANGUAGE)
    for promise, entry in content.glossary["promises"].items():
        words = {language: forms(entry.get(language, []), language) for language in content.locales.languages}
        other = forms(entry.get("other", []), SOURCE_LANGUAGE)
        for text in content.shown:
            if text.kind is Kind.SOURCE:
                continue
            if text.is_english:
                yield from _unbacked(text, content, promise, words[SOURCE_LANGUAGE], other, hedged)
            else:
                yield from _added(text, promise, words)


def _unbacked(
    text: Text,
    content: Content,
    promise: str,
    words: re.Pattern[str],
    other: re.Pattern[str],
    hedged: re.Pattern[str],
) -> Iterator[Finding]:
    if promise in _backed(text, content):
        return
    for line in text.text.splitlines():
        word = found_in(line, words, SOURCE_LANGUAGE, other)
        if word is not None and found_in(line, hedged, SOURCE_LANGUAGE, other) is None:
            yield Finding(text.file, text.entry, RULE, "unbacked", {"word": word, "promise": promise})


def _backed(text: Text, content: Content) -> set[str]:
    entries = {Kind.ANSWER: content.locales.answers, Kind.TEXT: content.locales.dialogue}.get(text.kind, {})
    return set(entries.get(text.name, {}).get("backed_by", {}))


def _added(text: Text, promise: str, words: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    """Yield lines that promise what the English line does not; where lines differ in number, the text as a whole."""
    for word in _words_added(text.text, text.english, text.language, words[text.language], words[SOURCE_LANGUAGE]):
        yield Finding(text.file, text.entry, RULE, "added", {"word": word, "promise": promise})


@kept
def _words_added(
    text: str, english: str, language: str, words: re.Pattern[str], words_in_english: re.Pattern[str]
) -> tuple[str, ...]:
    theirs, ours = text.splitlines(), english.splitlines()
    pairs = zip(theirs, ours, strict=True) if len(theirs) == len(ours) else [(text, english)]
    read = ((words.search(readable(line, language)), readable(of, SOURCE_LANGUAGE)) for line, of in pairs)
    return tuple(found[0] for found, of in read if found and not words_in_english.search(of))
