"""Words that count when they are the whole message: every meaning has some, and no word has two."""

from collections.abc import Iterator
from typing import Any

from bot.content.content import Content
from bot.content.finding import Finding
from bot.gateway.words import MEANINGS
from bot.text import folded_words

RULE = "words"
LISTS = (*MEANINGS, "affirm", "deny")
LANGUAGES = "languages"


def check(content: Content) -> Iterator[Finding]:
    """Yield languages without their words, meanings without a word, words with two meanings."""
    held = {language for language, _file, _words in content.of_languages("words.yml")}
    for language in content.locales.languages.keys() - held:
        yield Finding(content.named(f"{language}/words.yml"), "", RULE, "missing")
    for _language, file, words in content.of_languages("words.yml"):
        yield from _lists(file, words)
        names = words.get(LANGUAGES) or {}
        for code in content.locales.languages:
            if not _are_texts(names.get(code)):
                yield Finding(file, LANGUAGES, RULE, "no_language", {"language": code})
        yield from _doubtful(file, words)


def _lists(file: str, words: dict[str, Any]) -> Iterator[Finding]:
    for name in LISTS:
        if not _are_texts(words.get(name)):
            yield Finding(file, name, RULE, "no_list", {"list": name})


def _doubtful(file: str, words: dict[str, Any]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name in LISTS:
        for word in words.get(name) or []:
            key = " ".join(folded_words(str(word)))
            first = seen.setdefault(key, name)
            if first != name:
                yield Finding(file, name, RULE, "two_meanings", {"word": word, "other": first})


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item.strip() for item in value)
