"""Who answers: on each line with a telephone number stands whose it is, above all when it is the police."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.sources import PLACEHOLDER
from bot.content.wording import forms, readable
from bot.facts import Unit

RULE = "owner"


def check(content: Content) -> Iterator[Finding]:
    """Yield numbers without their owner, in facts.yml and on the lines of every language."""
    phones = {name: fact for name, fact in content.facts.facts.items() if fact.unit is Unit.PHONE}
    for name, fact in phones.items():
        if fact.behind is None:
            yield Finding(content.named("facts.yml"), name, RULE, "unknown")
    behind, without = content.glossary["behind"], content.glossary["without_owner"]["facts"]
    words = {
        (who, language): forms(behind[who].get(language, []), language)
        for who in behind
        for language in content.locales.languages
    }
    for text in content.shown:
        if text.kind not in (Kind.ANSWER, Kind.TEXT):
            continue
        for line in text.text.splitlines():
            for name in PLACEHOLDER.findall(line):
                who = phones[name].behind if name in phones and name not in without else None
                if who and not words[who, text.language].search(readable(line, text.language)):
                    values = {"name": f"{{{name}}}", "who": content.locales.label(f"behind:{who}", text.language)}
                    yield Finding(text.file, text.entry, RULE, "missing", values)
