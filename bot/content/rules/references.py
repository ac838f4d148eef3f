"""Names of one file that another uses: sources, related answers, the catalogue of intents, promises and their facts."""

from collections.abc import Iterator
from difflib import get_close_matches

from bot.content.content import Content
from bot.content.finding import Finding
from bot.facts import Confidence

RULE = "references"


def check(content: Content) -> Iterator[Finding]:
    """Yield names that nothing has, and answers that the catalogue lacks or waits for."""
    answers, file = content.locales.answers, content.named("source/answers.yml")
    catalogue, sources = content.catalogue, content.facts.sources
    for intent, entry in answers.items():
        at = f"answer/{intent}"
        if intent not in catalogue.answers:
            yield Finding(file, at, RULE, "no_intent", {"name": intent, "near": _near(intent, catalogue.answers)})
        for source in entry["sources"]:
            if source not in sources:
                yield Finding(file, at, RULE, "no_source", {"name": source, "near": _near(source, sources)})
        for other in entry["related"]:
            if other not in catalogue.by_name:
                yield Finding(file, at, RULE, "no_related", {"name": other, "near": _near(other, catalogue.by_name)})
    for intent in catalogue.answers:
        if intent not in answers:
            yield Finding(file, f"answer/{intent}", RULE, "no_answer")
    for name, fact in content.facts.facts.items():
        if fact.source is not None and fact.source not in sources:
            values = {"name": fact.source, "near": _near(fact.source, sources)}
            yield Finding(content.named("facts.yml"), name, RULE, "no_source", values)
    yield from _backing(content)


def _backing(content: Content) -> Iterator[Finding]:
    promises, facts = content.glossary["promises"], content.facts.facts
    places = (("answer", content.locales.answers, "answers"), ("text", content.locales.dialogue, "dialogue"))
    for kind, entries, stem in places:
        file = content.named(f"source/{stem}.yml")
        for name, entry in entries.items():
            for promise, backing in entry.get("backed_by", {}).items():
                at, values = f"{kind}/{name}", {"promise": promise, "fact": backing}
                if promise not in promises:
                    yield Finding(file, at, RULE, "no_promise", {**values, "known": ", ".join(promises)})
                elif backing not in facts:
                    yield Finding(file, at, RULE, "no_backing", {**values, "near": _near(str(backing), facts)})
                elif facts[backing].value is None or facts[backing].confidence is Confidence.UNCONFIRMED:
                    yield Finding(file, at, RULE, "weak_backing", values)


def _near(name: str, known: object) -> str:
    found = get_close_matches(name, [str(one) for one in known], n=1)  # type: ignore[attr-defined]
    return found[0] if found else "–"
