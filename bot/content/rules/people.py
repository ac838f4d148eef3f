"""Words for a person: nobody is called a victim or illegal, in any language."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.wording import forms, found_in

RULE = "people"


def check(content: Content) -> Iterator[Finding]:
    """Yield texts that label people; names of sources are left as their owners write them."""
    labels = [
        (label, language, forms(entry.get(language, []), language))
        for label, entry in content.glossary["labels"].items()
        for language in content.locales.languages
    ]
    for text in content.shown:
        if text.kind is Kind.SOURCE:
            continue
        for label, language, pattern in labels:
            if language == text.language and (word := found_in(text.text, pattern, language)):
                yield Finding(text.file, text.entry, RULE, "label", {"word": word, "label": label})
