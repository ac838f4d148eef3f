"""Terms of the glossary: one word for one thing in each language, and no language without its words."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.wording import forms, found_in
from bot.i18n import SOURCE_LANGUAGE

RULE = "terms"
GROUPS = ("terms", "labels", "promises", "behind")


def check(content: Content) -> Iterator[Finding]:
    """Yield translations that have another word for a term, or none; entries without the words of a language."""
    for group in GROUPS:
        for name, entry in content.glossary[group].items():
            for language in content.locales.languages:
                if not entry.get(language):
                    yield Finding(content.named("glossary.yml"), name, RULE, "no_words", {"language": language})
    for term, entry in content.glossary["terms"].items():
        english = forms(entry[SOURCE_LANGUAGE], SOURCE_LANGUAGE)
        other = forms(entry.get("other", []), SOURCE_LANGUAGE)
        has_term = {
            text.entry for text in content.english if found_in(text.text, english, SOURCE_LANGUAGE, other) is not None
        }
        for language in content.locales.languages:
            yield from _of_language(content, term, language, has_term)


def _of_language(content: Content, term: str, language: str, has_term: set[str]) -> Iterator[Finding]:
    entry = content.glossary["terms"][term]
    wanted, without = entry.get(language), entry.get("without", {}).get(language, [])
    if not wanted:
        return
    words = forms(wanted, language)
    for text in content.pairs_of.get(language, ()):
        if text.kind is Kind.CONSOLE or text.entry in without:
            continue
        if text.entry in has_term and found_in(text.text, words, language) is None:
            yield Finding(text.file, text.entry, RULE, "other", {"term": term, "words": ", ".join(wanted)})
